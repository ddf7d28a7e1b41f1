#!/usr/bin/env bash
# Builds, runs and tests Mend. One entry point; CI calls the same.
#
#   ./build.sh                                builds dist/chrome and dist/firefox, each loadable unpacked
#   ./build.sh run [chrome|firefox] [fault]   shows the popup on a ChatGPT that fails (default: chrome, 500)
#   ./build.sh check                          formatting, lints for this machine and for wasm, types of the scripts, languages
#   ./build.sh test                           all of check, and every test
#   ./build.sh soak [what]…                   the long runs at full count (test has a short form of each); default: all
#   ./build.sh bench                          each figure of docs/figures.md's performance table, measured now
#   ./build.sh pictures                       the pictures of README and stores, by a robot before the lab
#   ./build.sh package                        dist/mend-chrome.zip and dist/mend-firefox.zip, the same bytes every time
#   ./build.sh audit                          test's check of licences and sources, and advisories, which need a network
#
# What is missing is installed where that can be done: the Rust target, the tools at their locked versions, and on
# Debian the browsers with their drivers and the compilers of some tests. Tools go to $MEND_TOOLS (default: ~/.cache/mend)
# and are kept between builds.
set -euo pipefail
cd "$(dirname "$0")"

TOOLS=$(realpath -m "${MEND_TOOLS:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/mend}")
WASM_BINDGEN=$(sed -n 's/^wasm-bindgen = "=\(.*\)"$/\1/p' Cargo.toml) # the library's version
RUST=$(sed -n 's/^channel = "\(.*\)"$/\1/p' rust-toolchain.toml)
WASM_PACK=0.15.1 GECKODRIVER=0.37.1 CARGO_DENY=0.20.2

say() { if [ -t 2 ]; then printf '\033[1m%s\033[0m\n' "$*"; else printf '%s\n' "$*"; fi >&2; }
usage() { sed -n '2,16s/^# \{0,1\}//p' "$0"; }
stop() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

need_rust() {
  have cargo || stop "install Rust with rustup, then run this again"
  # The pinned toolchain may be installed under the name of its channel only.
  if have rustup && ! rustup toolchain list | grep -q "^$RUST-" && [[ $(rustup run stable rustc --version) == "rustc $RUST "* ]]; then
    export RUSTUP_TOOLCHAIN=stable
  fi
  [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] || rustup target add wasm32-unknown-unknown ||
    stop "add the standard library for wasm32-unknown-unknown to this Rust, then run this again"
}

# A program from crates.io at one version, with the dependencies of its lock file, or the newest where the registry lacks one.
need_crate() { # crate version program
  local root="$TOOLS/$1-$2"
  if [ ! -x "$root/bin/$3" ]; then
    say "Installing $1 $2"
    local install=(cargo install --quiet "$1" --version "$2" --root "$root" --target-dir "$TOOLS/build")
    "${install[@]}" --locked || "${install[@]}" ||
      stop "could not install $1 $2 from crates.io; install it by hand and put it on the PATH"
    rm -rf "$TOOLS/build"
  fi
  PATH="$root/bin:$PATH"
}

# Installs into a folder what a lock file names, unless the folder has just that already.
need_locked() { # lock-file folder installer
  cmp -s "$1" "$2/installed" && return
  say "Installing what $1 names"
  rm -rf "$2"; mkdir -p "$2"
  "$3" "$1" "$2" >&2 || stop "could not install what $1 names"
  cp "$1" "$2/installed"
}

# wasm-opt, web-ext and tsc, axe-core, the editor of the lab's page, and OpenAI's SDK for `mend backoff --code`.
need_npm() {
  local modules="$TOOLS/npm/node_modules"
  have npm || stop "install Node.js 20 or later with npm, then run this again"
  need_locked tools/npm/package-lock.json "$TOOLS/npm" install_npm
  PATH="$modules/.bin:$PATH"
  export MEND_PROSEMIRROR="$modules" MEND_OPENAI_NODE="$modules" MEND_AXE="$modules/axe-core/axe.min.js"
}

install_npm() { # lock-file folder
  cp "$1" "${1%/*}/package.json" "$2" && npm ci --prefix "$2" --ignore-scripts --no-audit --no-fund --loglevel=error; }

# OpenAI's SDK for Python, with a Python of its own.
need_pip() {
  python3 -c 'import venv, ensurepip' 2>/dev/null || need_debian python3 python3-venv
  need_locked tools/pip/requirements.txt "$TOOLS/pip" install_pip
  export MEND_OPENAI_PYTHON="$TOOLS/pip/bin/python"
}

install_pip() { # lock-file folder
  python3 -m venv "$2" && "$2/bin/pip" install --quiet --disable-pip-version-check --require-hashes --requirement "$1"; }

need_debian() { # package…
  local root=(); [ "$(id -u)" -eq 0 ] || root=(sudo)
  have apt-get || stop "install $*, then run this again"; say "Installing $*"
  { "${root[@]}" apt-get update -qq && "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null; } ||
    stop "apt-get could not install $*; install them by hand, then run this again"
}

need_browsers() {
  local missing=()
  { have chromium && have chromedriver; } || missing+=(chromium chromium-driver)
  have firefox-esr || have firefox || missing+=(firefox-esr)
  [ ${#missing[@]} -eq 0 ] || need_debian "${missing[@]}"
  need_crate geckodriver "$GECKODRIVER" geckodriver; need_npm
}

build() {
  need_rust; need_npm
  need_crate wasm-bindgen-cli "$WASM_BINDGEN" wasm-bindgen
  say "Building the extension"; cargo xtask dist
}

run() { # [chrome|firefox] [fault]
  local browser=chrome headed=()
  case "${1:-}" in chrome | chromium | firefox) browser=${1/chromium/chrome}; shift ;; esac
  build; need_browsers
  [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || headed=(--headed)
  cargo run --quiet --locked -p mend-e2e --bin show -- "$browser" "${1:-500}" "${headed[@]}"
}

# Every crate of the lock file, other systems' too, must be here for what reads their licences.
deny() { need_crate cargo-deny "$CARGO_DENY" cargo-deny; cargo fetch --quiet --locked; cargo deny --workspace --locked "$@"; }
check() {
  need_rust; need_npm
  say "Formatting, lints, types and languages"
  cargo xtask lint; cargo xtask locales
  tsc --project . --typeRoots "$TOOLS/npm/node_modules/@types"
}
wasm_test() { wasm-pack test --mode no-install --headless "$@" --test web --test corpus; }

# Compilers for the programs of `mend backoff --code`.
need_compilers() {
  local missing=()
  { have go && have gofmt; } || missing+=(golang-go)
  have javac || missing+=(default-jdk-headless)
  { have mcs && have mono; } || missing+=(mono-mcs mono-runtime libmono-system-net-http4.0-cil)
  [ ${#missing[@]} -eq 0 ] || need_debian "${missing[@]}"
}

test_all() {
  need_rust; need_browsers; need_pip; need_compilers
  have curl || need_debian curl
  check; deny --offline check bans licenses sources; say "The core, the command line and the lab"
  cargo test --quiet --locked --workspace --exclude mend-e2e --exclude xtask
  build; cargo xtask sizes
  web-ext lint --source-dir dist/firefox --warnings-as-errors
  say "The web layer, in both browsers"
  need_crate wasm-pack "$WASM_PACK" wasm-pack
  wasm_test --chrome --chromedriver "$(command -v chromedriver)"
  wasm_test --firefox --geckodriver "$(command -v geckodriver)"
  say "End to end, in both browsers"
  cargo xtask e2e
}

case "${1:-build}" in
  build) build ;;
  run) shift; run "$@" ;;
  check) check ;;
  test) test_all ;;
  soak) build; need_browsers; cargo xtask "$@" ;;
  bench) build; need_browsers; cargo build --quiet --locked --release -p mend-cli
    cargo run --quiet --locked --release -p mend-e2e --bin bench -- "${@:2}" ;;
  pictures) build; need_browsers; cargo run --quiet --locked -p mend-e2e --bin pictures ;;
  package) build; cargo xtask zip; sha256sum dist/mend-*.zip ;;
  audit) need_rust; deny check ;;
  help | -h | --help) usage ;;
  *) usage >&2; exit 2 ;;
esac
