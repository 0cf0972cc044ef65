#!/bin/bash
# 1,000 targets once a second, spread over the second, between two network namespaces: CPU per 1,000 probes and round-trip times of
# `netronome ping` beside fping in the same run, both against a packet capture on the prober's interface. Needs root, fping and tcpdump.
#   bench/ping.sh [runs=3] [seconds=15]      NETRONOME=program to measure (default: the published one, else a Release build)
set -euo pipefail
runs=${1:-3} seconds=${2:-15} targets=${TARGETS:-1000}
root=$(cd "$(dirname "$0")/.." && pwd)
program=${NETRONOME:-$root/artifacts/publish/linux-x64/netronome}
if [ ! -x "$program" ]; then
  dotnet build "$root/src/Netronome" -c Release -v q --nologo >&2
  program=$root/artifacts/bin/Netronome/release/netronome
fi
a=nb$$a b=nb$$b
work=$(mktemp -d)
capture=
cleanup() {
  [ -n "$capture" ] && kill "$capture" 2>/dev/null || true
  ip netns del $a 2>/dev/null || true
  ip netns del $b 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT

ip netns add $a
ip netns add $b
ip -n $a link add v0 type veth peer name v1 netns $b
ip -n $a addr add 10.98.0.1/30 dev v0
ip -n $b addr add 10.98.0.2/30 dev v1
ip -n $a link set lo up && ip -n $a link set v0 up
ip -n $b link set lo up && ip -n $b link set v1 up
ip -n $a route add 10.99.0.0/16 via 10.98.0.2
ip -n $b route add local 10.99.0.0/16 dev lo
# No limit on what the far kernel answers, whatever kind it counts echoes as.
ip netns exec $b sysctl -qw net.ipv4.icmp_ratelimit=0
for ((i = 0; i < targets; i++)); do echo "10.99.$((i / 250)).$((i % 250 + 1))"; done > "$work/targets"

# CPU nanoseconds of all threads of a process so far.
cpu() { cat /proc/"$1"/task/*/schedstat 2>/dev/null | awk '{ s += $1 } END { printf "%d", s }' || true; }

# measure NAME COMMAND...: whole-process CPU, and the part from the fifth second to two before the end (steady: without start-up and compiling).
measure() {
  local name=$1; shift
  ip netns exec $a tcpdump -i v0 -U -B 32768 --time-stamp-precision=nano -w "$work/$name.pcap" icmp 2> "$work/tcpdump.log" &
  capture=$!
  until grep -q listening "$work/tcpdump.log"; do sleep 0.05; done
  ip netns exec $a "$@" > "$work/$name.out" 2> "$work/$name.err" &
  local pid=$! before=0 after=0 total=0
  sleep 5; before=$(cpu $pid)
  sleep $((seconds - 7)); after=$(cpu $pid)
  while [ -d /proc/$pid/task ] && [ "$(awk '{print $3}' /proc/$pid/stat)" != Z ]; do local now; now=$(cpu $pid); [ "${now:-0}" -gt "$total" ] && total=$now; sleep 0.01; done
  wait $pid || true
  sleep 0.3
  kill -INT "$capture"; wait "$capture" 2>/dev/null || true
  capture=
  awk -v b="$before" -v a="$after" -v t="$total" -v n="$targets" -v s="$seconds" \
    'BEGIN { printf "%.1f %.1f", (a - b) / 1e6 / ((s - 7) * n / 1000), t / 1e6 / (s * n / 1000) }' > "$work/$name.cpu"
  tcpdump -r "$work/$name.pcap" -n -tt --time-stamp-precision=nano 2>/dev/null |
    awk '/echo request/ { gsub(/[,:]/, ""); k = $5 " " $9 " " $11; sent[k] = $1 }
         /echo reply/ { gsub(/[,:]/, ""); k = $3 " " $9 " " $11; if (k in sent) { split($1, r, "."); split(sent[k], t, "."); printf "%.3f\n", (r[1] - t[1]) * 1e6 + (r[2] - t[2]) / 1e3; delete sent[k] } }' |
    sort -n > "$work/$name.wire"
}

# percentile P FILE
percentile() { awk -v p="$1" '{ x[NR] = $1 } END { if (NR == 0) { print "-"; exit } i = int((p * NR + 99) / 100); printf "%.1f", x[i < 1 ? 1 : i] }' "$2"; }

printf '%-4s %-10s %12s %12s %8s %10s %10s %10s %10s\n' run tool "CPU steady" "CPU whole" probes "p50 us" "-wire" "p99 us" "-wire"
for ((run = 1; run <= runs; run++)); do
  measure fping fping -q -i "$(awk -v n="$targets" 'BEGIN { printf "%.3f", 900 / n }')" -p 1000 -C "$seconds" -f "$work/targets"
  measure netronome "$program" ping -c "$seconds" -i 1 -f "$work/targets" --json -v
  awk '{ for (i = 3; i <= NF; i++) if ($i != "-") printf "%.3f\n", $i * 1000 }' "$work/fping.err" | sort -n > "$work/fping.rtt"
  grep -o '"rttMs": [0-9][0-9.E-]*' "$work/netronome.out" | awk '{ printf "%.3f\n", $2 * 1000 }' | sort -n > "$work/netronome.rtt"
  for tool in fping netronome; do
    read -r steady whole < "$work/$tool.cpu" || true
    p50=$(percentile 50 "$work/$tool.rtt") p99=$(percentile 99 "$work/$tool.rtt")
    w50=$(percentile 50 "$work/$tool.wire") w99=$(percentile 99 "$work/$tool.wire")
    printf '%-4s %-10s %9s ms %9s ms %8s %10s %10s %10s %10s\n' $run $tool "$steady" "$whole" "$(wc -l < "$work/$tool.rtt")" "$p50" \
      "$(awk "BEGIN { printf \"%+.1f\", $p50 - $w50 }")" "$p99" "$(awk "BEGIN { printf \"%+.1f\", $p99 - $w99 }")"
    echo "$tool $steady $whole" >> "$work/all"
  done
done
awk '{ s[$1, ++n[$1]] = $2; w[$1, n[$1]] = $3 }
  function median(x, t, c,   i, j, v, y) { for (i = 1; i <= c; i++) y[i] = x[t, i]; for (i = 1; i <= c; i++) for (j = i + 1; j <= c; j++) if (y[j] < y[i]) { v = y[i]; y[i] = y[j]; y[j] = v } return y[int((c + 1) / 2)] }
  END { fs = median(s, "fping", n["fping"]); ns = median(s, "netronome", n["netronome"]); fw = median(w, "fping", n["fping"]); nw = median(w, "netronome", n["netronome"])
    printf "CPU per 1,000 probes, medians: steady %.1f ms against fping %.1f ms = %.2f; whole process %.1f against %.1f = %.2f\n", ns, fs, ns / fs, nw, fw, nw / fw }' "$work/all"
