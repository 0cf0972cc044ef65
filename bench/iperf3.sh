#!/usr/bin/env bash
# Our iperf3 client beside the C client, against the same iperf3 server on loopback, in the same run.
# Client on CPU 0, server on CPU 1; runs are paired and change order, so that drift hits both alike.
#   RUNS=7 TIME=2 bench/iperf3.sh
# Needs iperf3, python3 and taskset. Prints, per case, the ratio ours/iperf3 of the receiver's rate and of the client's CPU
# seconds per gigabyte: min, median and max over the pairs.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${RUNS:-5} time=${TIME:-2} port=${PORT:-5909}
ours=artifacts/bin/Netronome/release/netronome
dotnet build src/Netronome -c Release -v q --nologo >&2
folder=$(mktemp -d)
taskset -c 1 iperf3 -s --forceflush -p "$port" >"$folder/server.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
until grep -q "Server listening" "$folder/server.log"; do
  kill -0 "$server" || { cat "$folder/server.log" >&2; exit 1; }
  sleep 0.1
done

measure() { # tool case run arguments...
  local tool=$1 case=$2 run=$3
  shift 3
  local program=(iperf3)
  [ "$tool" = iperf3 ] || program=("$ours" iperf3)
  taskset -c 0 "${program[@]}" -c 127.0.0.1 -p "$port" -t "$time" -J "$@" >"$folder/$case.$run.$tool.json"
}

declare -A cases=([up-1]="-P 1" [up-4]="-P 4" [down-1]="-R -P 1" [down-4]="-R -P 4" [down-1-copied]="-R -P 1")
for case in up-1 up-4 down-1 down-4 down-1-copied; do
  extra=()
  [ "$case" != down-1-copied ] || extra=(--copy-received)
  for ((run = 0; run < runs; run++)); do
    order=(netronome iperf3)
    ((run % 2 == 0)) || order=(iperf3 netronome)
    for tool in "${order[@]}"; do
      # shellcheck disable=SC2086
      if [ "$tool" = netronome ]; then
        measure "$tool" "$case" "$run" ${cases[$case]} "${extra[@]}"
      else
        measure "$tool" "$case" "$run" ${cases[$case]}
      fi
    done
  done
done

python3 - "$folder" "$runs" <<'PYTHON'
import json, statistics, sys

folder, runs = sys.argv[1], int(sys.argv[2])
print(f"{'case':<14} {'rate ratio min/median/max':<28} {'CPU s/GB ratio':<24} {'Gbit/s ours':>12} {'iperf3':>8} {'CPU s/GB ours':>14} {'iperf3':>8}")
for case in ["up-1", "up-4", "down-1", "down-4", "down-1-copied"]:
    rate, cpu = {"netronome": [], "iperf3": []}, {"netronome": [], "iperf3": []}
    for run in range(runs):
        for tool in rate:
            end = json.load(open(f"{folder}/{case}.{run}.{tool}.json"))["end"]
            got = end["sum_received"]
            rate[tool].append(got["bits_per_second"])
            cpu[tool].append(end["cpu_utilization_percent"]["host_total"] / 100 * got["seconds"] / (got["bytes"] / 1e9))
    def ratios(figures):
        pairs = [a / b for a, b in zip(figures["netronome"], figures["iperf3"])]
        return f"{min(pairs):.2f} / {statistics.median(pairs):.2f} / {max(pairs):.2f}"
    middle = lambda figures: statistics.median(figures)
    print(f"{case:<14} {ratios(rate):<28} {ratios(cpu):<24} {middle(rate['netronome'])/1e9:>12.1f} {middle(rate['iperf3'])/1e9:>8.1f}"
          f" {middle(cpu['netronome']):>14.3f} {middle(cpu['iperf3']):>8.3f}")
PYTHON
