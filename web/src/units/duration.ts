const MILLISECONDS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Reads `30s`, `1h30m`, `1.5h`, `7d`, `2w`; undefined when it is none. */
export function parseDurationMs(written: string): number | undefined {
  const source = written.trim();
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d|w))+$/.test(source)) return undefined;
  let total = 0;
  for (const [, amount, unit] of source.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d|w)/g)) {
    total += Number(amount) * (MILLISECONDS[unit ?? ''] ?? 0);
  }
  return Number.isFinite(total) ? total : undefined;
}

const STEPS: readonly [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
];

/** `2 h 30 min`, `38 min`, `4 s`, `250 ms`: the two largest units, the second only when it is not zero. */
export function durationWords(durationMs: number): string {
  const whole = Math.max(0, durationMs);
  if (whole < 1000) return `${Math.round(whole)}\u00a0ms`;
  if (whole < 10_000 && whole % 1000 >= 50) return `${(Math.floor(whole / 100) / 10).toFixed(1)}\u00a0s`;
  // Hours up to two days: “26 h” says more than “1 d 2 h”.
  const first = STEPS.findIndex(([unit, size]) => whole >= (unit === 'd' ? 2 * size : size));
  const [unit, size] = STEPS[first] ?? ['s', 1000];
  const amount = Math.floor(whole / size);
  const next = STEPS[first + 1];
  const rest = next ? Math.floor((whole - amount * size) / next[1]) : 0;
  return `${amount}\u00a0${unit}${next && rest > 0 ? ` ${rest}\u00a0${next[0]}` : ''}`;
}
