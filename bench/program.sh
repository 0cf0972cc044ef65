#!/usr/bin/env bash
# The published program as a whole: its size, the time from start to the first answered request, and its memory once idle;
# nginx, if it is installed, in the same run as an anchor. And the page's initial JavaScript.
#   RUNS=7 IDLE=10 bench/program.sh
# Needs curl and `make publish` (run here if there is no published program).
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${RUNS:-5} idle=${IDLE:-10}
program=$PWD/artifacts/publish/linux-x64/netronome
[ -x "$program" ] || make --no-print-directory publish >&2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

middle() { sort -n | awk '{ v[NR] = $1 } END { printf "%.0f [%.0f-%.0f]", v[int((NR + 1) / 2)], v[1], v[NR] }'; }

# measure NAME URL COMMAND...: starts it, waits for the first answer, then for idleness; writes ms and KiB
measure() {
  local name=$1 url=$2
  shift 2
  local began ended process
  began=$(date +%s%N)
  "$@" > "$folder/$name.log" 2>&1 &
  process=$!
  until curl -sf -o /dev/null --max-time 1 "$url"; do
    kill -0 "$process" 2> /dev/null || { cat "$folder/$name.log" >&2; return 1; }
  done
  ended=$(date +%s%N)
  echo $(((ended - began) / 1000000)) >> "$folder/$name.ms"
  sleep "$idle"
  awk '/^VmRSS/ { print $2 }' "/proc/$process/status" >> "$folder/$name.rss"
  awk '/^RssAnon/ { print $2 }' "/proc/$process/status" >> "$folder/$name.anon"
  kill "$process"
  wait "$process" || true
}

cat > "$folder/nginx.conf" <<NGINX
daemon off; worker_processes 1; pid $folder/nginx.pid; error_log $folder/error.log;
events {}
http { access_log off; server { listen 127.0.0.1:7691; location / { return 200 "ok"; } } }
NGINX

for ((run = 0; run < runs; run++)); do
  rm -rf "$folder/state" && mkdir "$folder/state"
  NETRONOME__PORT=7690 NETRONOME__DB_PATH="$folder/state/netronome.db" \
    measure netronome http://127.0.0.1:7690/health "$program" serve
  if command -v nginx > /dev/null; then
    measure nginx http://127.0.0.1:7691/ nginx -c "$folder/nginx.conf" -p "$folder"
  fi
done

printf '%-12s %-26s %-26s %-26s\n' program 'first answer ms' "RSS KiB after $idle s" 'of it private KiB'
for name in netronome nginx; do
  [ -f "$folder/$name.ms" ] || { echo "$name: not installed"; continue; }
  printf '%-12s %-26s %-26s %-26s\n' "$name" "$(middle < "$folder/$name.ms")" "$(middle < "$folder/$name.rss")" "$(middle < "$folder/$name.anon")"
done
ls -l "$program" | awk '{ printf "published program: %.1f MB\n", $5 / 1e6 }'
(cd web && npm run --silent size)
