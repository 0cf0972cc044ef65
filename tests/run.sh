#!/bin/bash
# Runs every test there is and ends with one line: N passed, N failed[, N skipped]. Fails when a test fails, when a runner
# crashes, and when a runner finds nothing to run. Suites run one after the other: most judge time or use both cores.
#   tests/run.sh [NAME...]     only the suites with these names (Probing, Interop, page, browser …)
set -u
cd "$(dirname "$0")/.." || exit 1
configuration=${CONFIGURATION:-Release}
results=$PWD/artifacts/test-results
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 CONFIGURATION=$configuration
passed=0 failed=0 skipped=0

# In which order; a project that is not named here comes after these, and is run all the same.
order='Architecture Protocols Probing Agent Server Netronome TestLab Interop'

finish() {
  echo
  line="$passed passed, $failed failed"
  [ "$skipped" = 0 ] || line="$line, $skipped skipped"
  echo "$line"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
  exit
}

# report NAME SECONDS PASSED FAILED SKIPPED
report() {
  printf '%-14s %5d passed %4d failed %4d skipped %6d s\n' "$1" "$3" "$4" "$5" "$2"
  passed=$((passed + $3)) failed=$((failed + $4)) skipped=$((skipped + $5))
}

# broken NAME SECONDS REASON LOG: the runner itself failed, which counts as one failure
broken() {
  [ -z "$4" ] || tail -n 60 "$4"
  echo "$1: $3"
  report "$1" "$2" 0 1 0
}

wanted() {
  [ ${#only[@]} = 0 ] && return 0
  local name
  for name in "${only[@]}"; do [ "$name" = "$1" ] && return 0; done
  return 1
}

dotnet_suite() {
  local name=$1 project=$2 start=$SECONDS log trx counters total executed ok status
  log=$results/$name.log trx=$results/$name.trx
  dotnet test "$project" -c "$configuration" --no-build --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
    --blame-hang-timeout 10m --blame-hang-dump-type none > "$log" 2>&1
  status=$?
  counters=$(grep -o '<Counters [^>]*>' "$trx" 2> /dev/null)
  total=$(sed -n 's/.* total="\([0-9]*\)".*/\1/p' <<< "$counters")
  executed=$(sed -n 's/.* executed="\([0-9]*\)".*/\1/p' <<< "$counters")
  ok=$(sed -n 's/.* passed="\([0-9]*\)".*/\1/p' <<< "$counters")
  if [ -z "$counters" ] || [ "$executed" = 0 ]; then
    broken "$name" $((SECONDS - start)) "nothing was executed" "$log"
    return
  fi

  # What the runner printed is only the failures.
  [ "$ok" = "$executed" ] || cat "$log"
  if [ "$total" != "$executed" ]; then
    echo "$name skipped:"
    awk '/outcome="NotExecuted"/ { within = 1; sub(/.*testName="/, ""); sub(/".*/, ""); printf "  %s", $0 }
      within && /<Message>/ { sub(/.*<Message>/, ": "); sub(/<.*/, ""); printf "%s", $0 }
      /<\/UnitTestResult>/ { if (within) print ""; within = 0 }' "$trx"
  fi

  report "$name" $((SECONDS - start)) "$ok" $((executed - ok)) $((total - executed))
  if [ "$status" != 0 ] && [ "$ok" = "$executed" ]; then
    broken "$name" 0 "the runner ended with $status" "$log"
  fi
}

page_suite() {
  local start=$SECONDS log=$results/page.log json=$results/page.json
  if ! make --no-print-directory web/node_modules/.package-lock.json > "$log" 2>&1; then
    broken page $((SECONDS - start)) "restoring the packages failed" "$log"
    return
  fi

  local check
  for check in lint typecheck; do
    (cd web && npm run --silent "$check") > "$log" 2>&1 || broken "page $check" $((SECONDS - start)) "$check found faults" "$log"
  done

  rm -f "$json"
  (cd web && npx --no-install vitest run --reporter=default --reporter=json --outputFile.json="$json") > "$log" 2>&1
  local status=$? counts
  counts=$(node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    console.log(r.numPassedTests, r.numFailedTests, r.numPendingTests + r.numTodoTests, r.testResults.filter(f => f.status === "failed" && f.assertionResults.every(a => a.status !== "failed")).length)' "$json" 2> /dev/null)
  local ok bad left crashed
  read -r ok bad left crashed <<< "$counts"
  if [ -z "$counts" ] || [ $((ok + bad)) = 0 ]; then
    broken page $((SECONDS - start)) "nothing was executed" "$log"
    return
  fi

  [ "$status" = 0 ] || cat "$log"
  [ "$left" = 0 ] || grep -i skip "$log"
  report page $((SECONDS - start)) "$ok" $((bad + crashed)) "$left"
  if [ "$status" != 0 ] && [ $((bad + crashed)) = 0 ]; then
    broken page 0 "the runner ended with $status" ""
  fi
}

browser_suite() {
  local start=$SECONDS log=$results/browser.log files
  mapfile -t files < <(find tests/browser -name '*.test.mjs' -o -name '*.test.js' | grep -v node_modules | sort)
  NETRONOME_PROGRAM=$PWD/artifacts/bin/Netronome/${configuration,,}/netronome node --test --test-concurrency=1 --test-reporter=tap "${files[@]}" > "$log" 2>&1
  local status=$? ok bad left
  count() { sed -n "s/^# $1 \([0-9]*\)$/\1/p" "$log" | tail -n 1; }
  ok=$(count pass) bad=$(($(count fail) + $(count cancelled))) left=$(($(count skipped) + $(count todo)))
  if [ -z "$ok" ] || [ $((ok + bad)) = 0 ]; then
    broken browser $((SECONDS - start)) "nothing was executed" "$log"
    return
  fi

  [ "$bad" = 0 ] || grep -v '^ *ok \|^ *# Subtest\|^ *duration_ms\|^ *type:' "$log"
  [ "$left" = 0 ] || grep '# SKIP\|# TODO' "$log"
  report browser $((SECONDS - start)) "$ok" "$bad" "$left"
  if [ "$status" != 0 ] && [ "$bad" = 0 ]; then
    broken browser 0 "the runner ended with $status" "$log"
  fi
}

only=("$@")
tests/install-tools.sh || { failed=1; finish; }
rm -rf "$results"
mkdir -p "$results"

start=$SECONDS
if ! dotnet build Netronome.slnx -c "$configuration" -v q --nologo -clp:NoSummary > "$results/build.log" 2>&1; then
  broken build $((SECONDS - start)) "the build failed" "$results/build.log"
  finish
fi
printf '%-14s %43s %6d s\n' build '' $((SECONDS - start))

declare -A projects
while read -r project; do
  name=$(basename "$project" .Tests.csproj)
  projects[${name#Netronome.}]=$project
done < <(find tests -name '*.Tests.csproj' -not -path '*/node_modules/*')

names=()
for name in $order; do [ -n "${projects[$name]:-}" ] && names+=("$name"); done
while read -r name; do [[ " $order " == *" $name "* ]] || names+=("$name"); done < <(printf '%s\n' "${!projects[@]}" | sort)

for name in "${names[@]}"; do
  wanted "$name" && dotnet_suite "$name" "${projects[$name]}"
done
[ -f web/package.json ] && wanted page && page_suite
[ -d tests/browser ] && wanted browser && browser_suite
finish
