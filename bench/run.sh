#!/bin/bash
# Runs every benchmark script beside this one, in order of their names, and prints their tables. Each measures ours beside
# its peer in the same run. A script that fails does not stop the others, but makes this one fail.
#   bench/run.sh [NAME...]     only bench/NAME.sh
set -u
cd "$(dirname "$0")/.." || exit 1
[ "$(id -u)" = 0 ] || echo "Not root: benchmarks that build network namespaces will fail." >&2

if [ $# -gt 0 ]; then
  scripts=("${@/#/bench/}")
  scripts=("${scripts[@]/%/.sh}")
else
  scripts=(bench/*.sh)
fi

printf '%s, %s cores, %s\n' "$(uname -sr)" "$(nproc)" "$(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)"
failed=()
for script in "${scripts[@]}"; do
  [ "$script" = bench/run.sh ] && continue
  printf '\n== %s\n' "$script"
  bash "$script" || failed+=("$script")
done

if [ ${#failed[@]} -gt 0 ]; then
  printf '\nfailed: %s\n' "${failed[*]}" >&2
  exit 1
fi
