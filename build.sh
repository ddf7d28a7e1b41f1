#!/usr/bin/env bash
# Builds, runs and tests Mend. One entry point; CI calls the same.
#
#   ./build.sh                                builds dist/chrome and dist/firefox, each loadable unpacked
#   ./build.sh run [chrome|firefox] [fault]   shows the popup on a ChatGPT that fails (default: chrome, 500)
#   ./build.sh test                           every check and every test
#   ./build.sh soak [fuzz|bundles|journals|retries|kills|journal|quiet|matrix|planted|closer|wakes|undo|search|rescue]
#                                             the long runs at full count (test has a short form of each); default: all
#   ./build.sh bench                          each figure of the README's performance table, measured now
#   ./build.sh package                        dist/mend-chrome.zip and dist/mend-firefox.zip, the same bytes every time
#
# What is missing is installed where that can be done: the Rust target, the wasm tools at the locked versions, and on
# Debian the browsers with their drivers. Tools go to $MEND_TOOLS (default: ~/.cache/mend) and are kept between builds.
set -euo pipefail
cd "$(dirname "$0")"

TARGET=${CARGO_TARGET_DIR:-target}
TOOLS=${MEND_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/mend}
WASM_BINDGEN=$(sed -n 's/^wasm-bindgen = "=\(.*\)"$/\1/p' Cargo.toml)
WASM_PACK=0.15.1
GECKODRIVER=0.37.1
BINARYEN=132.0.0
WEB_EXT=10.7.0
AXE=4.14.1
# The editor of the lab's page, and what it needs.
PROSEMIRROR=(prosemirror-view@1.42.9 prosemirror-model@1.25.13 prosemirror-state@1.4.4 prosemirror-transform@1.12.6
  prosemirror-keymap@1.2.3 prosemirror-history@1.5.1 prosemirror-commands@1.7.2 orderedmap@2.1.1 rope-sequence@1.3.4
  w3c-keyname@2.2.8)
# The official SDKs that the programs of `mend backoff --code` use.
OPENAI_PYTHON=3.57.0
OPENAI_NODE=6.49.0
# The core is built once for each place that loads it, without what only the others need.
MODULES=(worker popup desk journal)
# The worker's and the popup's module at most; a popup should open as fast as any page.
LARGEST_CORE=200000

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
stop() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

need_rust() {
  have cargo || stop "install Rust with rustup, then run this again"
  have node || stop "install Node.js 20 or later with npm, then run this again"
  [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ] && return
  have rustup || stop "add the standard library for wasm32-unknown-unknown to this Rust, then run this again"
  say "Adding the Rust target wasm32-unknown-unknown"
  rustup target add wasm32-unknown-unknown ||
    stop "rustup could not add wasm32-unknown-unknown; add it by hand (it may need another network), then run this again"
}

# A program from crates.io at one version, into a folder named after both.
need_crate() { # crate version program
  local root="$TOOLS/$1-$2"
  if [ ! -x "$root/bin/$3" ]; then
    say "Installing $1 $2"
    CARGO_TARGET_DIR="$TOOLS/build" cargo install --quiet "$1" --version "$2" --root "$root" ||
      stop "could not install $1 $2 from crates.io; install it by hand and put it on the PATH"
    rm -rf "$TOOLS/build"
  fi
  PATH="$root/bin:$PATH"
}

# A package from npm at one version, likewise.
need_package() { # package version
  local root="$TOOLS/$1-$2"
  if [ ! -d "$root/node_modules/$1" ]; then
    say "Installing $1 $2"
    npm install --silent --no-save --prefix "$root" "$1@$2" || stop "could not install $1 $2 from npm"
  fi
  PATH="$root/node_modules/.bin:$PATH"
}

# The editor that the lab's page imports, where the lab finds it.
need_page() {
  local root="$TOOLS/prosemirror-${PROSEMIRROR[0]##*@}"
  if [ "$(cat "$root/whole" 2>/dev/null)" != "${PROSEMIRROR[*]}" ]; then
    say "Installing ProseMirror for the lab's page"
    rm -rf "$root"
    npm install --silent --no-save --prefix "$root" "${PROSEMIRROR[@]}" || stop "could not install ${PROSEMIRROR[0]} from npm"
    printf '%s\n' "${PROSEMIRROR[*]}" >"$root/whole"
  fi
  export MEND_PROSEMIRROR="$root/node_modules"
}

# A package for Python at one version, with a Python of its own.
need_python_package() { # package version
  local root="$TOOLS/python-$1-$2"
  if [ ! -e "$root/whole" ]; then
    say "Installing $1 $2 for Python"
    python3 -c 'import venv, ensurepip' 2>/dev/null || need_debian python3 python3-venv
    rm -rf "$root"
    { python3 -m venv "$root" && "$root/bin/pip" install --quiet --disable-pip-version-check "$1==$2" && touch "$root/whole"; } ||
      stop "could not install $1 $2 with pip"
  fi
}

need_debian() { # package…
  local root=()
  [ "$(id -u)" -eq 0 ] || root=(sudo)
  have apt-get || stop "install $*, then run this again"
  say "Installing $*"
  { "${root[@]}" apt-get update -qq && "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null; } ||
    stop "apt-get could not install $*; install them by hand, then run this again"
}

need_browsers() {
  local missing=()
  have chromium || missing+=(chromium)
  have chromedriver || missing+=(chromium-driver)
  have firefox-esr || have firefox || missing+=(firefox-esr)
  [ ${#missing[@]} -eq 0 ] || need_debian "${missing[@]}"
  need_crate geckodriver "$GECKODRIVER" geckodriver
  need_page
}

# One browser's folder: the same files, and the manifest without what that browser does not take.
pack() { # chrome|firefox
  local out="dist/$1"
  mkdir -p "$out"
  cp -r extension/. "$out"
  cp "$TARGET"/glue/mend_*.js "$TARGET"/glue/mend_*.wasm LICENSE-MIT LICENSE-APACHE "$out"
  rm -f "$out/icons/mend.svg"
  node -e '
    const [browser, out] = process.argv.slice(1);
    const manifest = JSON.parse(require("fs").readFileSync("manifest.json"));
    if (browser === "chrome") { delete manifest.background.scripts; delete manifest.browser_specific_settings; }
    else { delete manifest.background.service_worker; delete manifest.minimum_chrome_version; }
    require("fs").writeFileSync(out, JSON.stringify(manifest, null, 2) + "\n");
  ' "$1" "$out/manifest.json"
}

glue() { # worker|popup|desk|journal
  # No path of this machine ships, and of the crates no more than their own.
  local cargo="${CARGO_HOME:-$HOME/.cargo}" flags source
  flags="--remap-path-prefix=$PWD=mend --remap-path-prefix=$cargo=cargo"
  for source in "$cargo"/registry/src/*; do flags+=" --remap-path-prefix=$source/="; done
  # A library that is also built as an rlib gets no link-time optimisation (cargo drops it), so only this kind is asked for.
  RUSTFLAGS="$flags" cargo rustc --quiet --locked --lib --crate-type cdylib --profile wasm --target wasm32-unknown-unknown \
    --no-default-features --features "$1"
  wasm-bindgen --target web --no-typescript --remove-name-section --remove-producers-section --out-name "mend_$1" \
    --out-dir "$TARGET/glue" "$TARGET/wasm32-unknown-unknown/wasm/mend.wasm"
  # Flattened and laid out anew, it comes out a little smaller still.
  local features=(--enable-bulk-memory --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext \
    --enable-mutable-globals --enable-multivalue) wasm="$TARGET/glue/mend_$1_bg.wasm"
  wasm-opt --merge-similar-functions -Oz --converge --flatten --rereloop -Oz --converge "${features[@]}" "$wasm" -o "$wasm"
  # Both sides of the border get short names: the long ones are a fortieth of the worker's module.
  wasm-opt --minify-imports-and-exports-and-modules "${features[@]}" "$wasm" -o "$wasm" >"$TARGET/glue/names.json"
  node -e '
    const fs = require("fs");
    const [glue, names] = process.argv.slice(1);
    const { imports, exports } = JSON.parse(fs.readFileSync(names));
    let text = fs.readFileSync(glue, "utf8");
    const rename = (from, to) => {
      const parts = text.split(from);
      if (parts.length < 2) throw new Error(`${glue}: no ${from}`);
      text = parts.join(to);
    };
    for (const [, long, short] of imports) rename(`        ${long}: function(`, `        ${short}: function(`);
    for (const module of new Set(imports.map(([module]) => module))) rename(`"${module}": import0`, "a: import0");
    text = text.replace(/\bwasm\.(\w+)/g, (whole, long) => {
      const known = exports.find(([name]) => name === long);
      return known ? `wasm.${known[1]}` : whole;
    });
    fs.writeFileSync(glue, text);
  ' "$TARGET/glue/mend_$1.js" "$TARGET/glue/names.json"
}

build() {
  need_rust
  need_crate wasm-bindgen-cli "$WASM_BINDGEN" wasm-bindgen
  need_package binaryen "$BINARYEN"
  say "Building the core for wasm"
  rm -rf "$TARGET/glue"
  local module sizes=()
  for module in "${MODULES[@]}"; do
    glue "$module"
    sizes+=("$module $(wc -c <"$TARGET/glue/mend_${module}_bg.wasm")")
  done
  rm -rf dist
  pack chrome
  pack firefox
  say "Built dist/chrome and dist/firefox (bytes of wasm: ${sizes[*]})"
}

run() { # [chrome|firefox] [fault]
  local browser=chrome
  case "${1:-}" in chrome | firefox) browser=$1; shift ;; esac
  build
  need_browsers
  local headed=()
  [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || headed=(--headed)
  cargo run --quiet --locked -p mend-e2e --bin show -- "$browser" "${1:-500}" "${headed[@]}"
}

package() {
  build
  local browser
  for browser in chrome firefox; do
    cargo run --quiet --locked -p mend-e2e --bin pack -- "dist/$browser" "dist/mend-$browser.zip"
    sha256sum "dist/mend-$browser.zip"
  done
}

test_all() {
  local module browser
  need_rust
  need_browsers
  say "Formatting and lints"
  cargo fmt --all --check
  cargo clippy --quiet --locked --workspace --all-targets -- -D warnings
  cargo clippy --quiet --locked --target wasm32-unknown-unknown --all-targets -- -D warnings
  for module in "${MODULES[@]}"; do
    cargo clippy --quiet --locked --target wasm32-unknown-unknown --no-default-features --features "$module" -- -D warnings
  done
  RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --workspace --no-deps
  say "The core, the command line and the lab"
  need_sdks
  cargo test --quiet --locked --workspace --exclude mend-e2e
  build
  size_gate
  need_package web-ext "$WEB_EXT"
  web-ext lint --source-dir dist/firefox --warnings-as-errors
  say "The shell, in both browsers"
  need_crate wasm-pack "$WASM_PACK" wasm-pack
  for browser in chrome firefox; do shell_test "$browser"; done
  say "End to end, in both browsers"
  need_package axe-core "$AXE"
  export MEND_AXE="$TOOLS/axe-core-$AXE/node_modules/axe-core/axe.min.js"
  end_to_end
}

# Three tests at a time, and the longest suite beside them: browsers wait more than they work.
end_to_end() {
  local suite others=() beside="$TARGET/matrix.log" matrix
  for suite in e2e/tests/*.rs; do
    suite=$(basename "$suite" .rs)
    [ "$suite" = matrix ] || others+=(--test "$suite")
  done
  cargo test --quiet --locked -p mend-e2e --no-run
  cargo test --quiet --locked -p mend-e2e --test matrix -- --nocapture --test-threads=1 >"$beside" 2>&1 &
  matrix=$!
  # shellcheck disable=SC2064 # the number of this very process
  trap "kill $matrix 2>/dev/null || true" EXIT
  cargo test --quiet --locked -p mend-e2e --lib --bins "${others[@]}" -- --test-threads=3
  wait "$matrix" || { cat "$beside"; stop "the matrix has wrong cells; they stand above"; }
  trap - EXIT
  tail -n 2 "$beside"
}

need_sdks() {
  have curl || need_debian curl
  need_python_package openai "$OPENAI_PYTHON"
  need_package openai "$OPENAI_NODE"
  export MEND_OPENAI_PYTHON="$TOOLS/python-openai-$OPENAI_PYTHON/bin/python"
  export MEND_OPENAI_NODE="$TOOLS/openai-$OPENAI_NODE/node_modules"
}

size_gate() {
  local module size
  for module in worker popup; do
    size=$(wc -c <"$TARGET/glue/mend_${module}_bg.wasm")
    [ "$size" -le "$LARGEST_CORE" ] || stop "the $module's module has $size bytes; $LARGEST_CORE are allowed"
  done
}

soak() { # [fuzz|bundles|journals|retries|kills|journal|quiet|matrix|planted|closer|wakes|undo|search|rescue]…
  local what=("$@") run
  [ ${#what[@]} -gt 0 ] || what=(fuzz bundles journals retries kills journal quiet matrix planted closer wakes undo search rescue)
  export MEND_FULL=1
  need_rust
  for run in "${what[@]}"; do
    say "The long run: $run"
    case $run in
      # These run on the host.
      fuzz)
        cargo test --quiet --locked --profile fuzz --test fuzz -- --nocapture
        cargo test --quiet --locked --profile fuzz -p mend-cli --test fuzz -- --nocapture
        ;;
      bundles | retries) cargo test --quiet --locked --profile fuzz --test "$run" -- --nocapture ;;
      journals)
        cargo test --quiet --locked --profile fuzz --test journal -- --nocapture
        cargo test --quiet --locked --profile fuzz -p mend-cli --test cases -- --nocapture
        ;;
      kills | journal | quiet | matrix | planted | closer | wakes | undo | search | rescue)
        [ -d dist/chrome ] && [ "${built:-}" ] || { build; need_browsers; local built=yes; }
        cargo test --quiet --locked -p mend-e2e --test "$run" -- --nocapture --test-threads=2
        ;;
      *) stop "there is no long run $run: fuzz, bundles, journals, retries, kills, journal, quiet, matrix, planted, closer, wakes, undo, search, rescue" ;;
    esac
  done
}

bench() {
  build
  need_browsers
  cargo build --quiet --locked --release -p mend-e2e --bin bench
  cargo build --quiet --locked --release -p mend-cli
  "$TARGET/release/bench" "$@"
}

shell_test() { # chrome|firefox
  local driver
  case $1 in chrome) driver=(--chromedriver "$(command -v chromedriver)") ;; *) driver=(--geckodriver "$(command -v geckodriver)") ;; esac
  wasm-pack test --mode no-install --headless "--$1" "${driver[@]}" --test shell --test corpus
}

case "${1:-build}" in
  build) build ;;
  run) shift; run "$@" ;;
  test) test_all ;;
  soak) shift; soak "$@" ;;
  bench) shift; bench "$@" ;;
  package) package ;;
  *) sed -n '2,15s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
