#!/bin/sh
# Sends each line of standard input, a request in JSON, and tries again by one policy:
# {{command}}
#
# echo '{"model":"gpt-5","messages":[{"role":"user","content":"Hello"}]}' | OPENAI_API_KEY=... sh ask.sh
set -eu
export LC_ALL=C # a point in numbers, whatever the language

# All in seconds. No wait before a further try is longer than CAP.
BASE={{base}} CAP={{cap}}
# Without a whole answer for so long, a try has failed.
TIMEOUT={{timeout}}
# All tries for one answer, and the waits between, take no longer.
BUDGET={{budget}}
# After an answer, before the next request: many at once are refused.
GAP={{gap}}

url=${OPENAI_BASE_URL:-https://api.openai.com/v1}/chat/completions
files=$(mktemp -d)
trap 'rm -rf "$files"' EXIT
# In a file, because everyone on the machine sees a program's arguments.
printf 'Authorization: Bearer %s\nContent-Type: application/json\n' "${OPENAI_API_KEY:?is not set}" >"$files/key"

# curl's own --retry knows neither jitter nor an account without credit.
ask() { # request
  deadline=$(($(date +%s) + BUDGET)) step=$BASE
  while :; do
    : >"$files/head" >"$files/body"
    status=$(printf %s "$1" | curl --silent --show-error --max-time "$TIMEOUT" --header "@$files/key" --data-binary @- \
      --dump-header "$files/head" --output "$files/body" --write-out '%{http_code}' "$url") || status=000
    # Never again what only you can change, such as the key, the request or the credit.
    case $status in
      2??) cat "$files/body" && echo && return ;;
      000 | 408 | 409 | 429 | 5??) ! grep -q '"insufficient_quota"' "$files/body" || return 1 ;;
      *) return 1 ;;
    esac
    # {{jitter}}, on top of what the server asks for: it tells all clients the same.
    # awk's own seed is the second, the same for all that failed in it.
    next=$(awk -v seed="$(od -An -N4 -tu4 /dev/urandom)" -v step="$step" -v BASE="$BASE" -v CAP="$CAP" '
      function min(a, b) { return a < b ? a : b }
      tolower($1) == "retry-after:" && $2 ~ /^[0-9]/ { asked = int($2) }
      END { srand(seed); step = {{step}}; printf "%.3f %.3f", step, asked + {{wait}} }' "$files/head")
    step=${next% *} pause=${next#* }
    [ $(($(date +%s) + ${pause%.*})) -le "$deadline" ] || return 1
    sleep "$pause"
  done
}

while IFS= read -r request || [ -n "$request" ]; do
  # The first that fails for good ends them all: the next ones would fail like it.
  ask "$request" || { echo "no answer, status $status: $(cat "$files/body")" >&2; exit 1; }
  sleep "$GAP"
done
