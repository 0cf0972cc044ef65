import type { RttColumns } from '../api/types';

/** Probes as they arrived live, oldest first. */
export interface ProbeTail {
  atMs: number[];
  rttUs: (number | null)[];
}

const BANDS = [
  ['minUs', 0],
  ['p10Us', 0.1],
  ['p25Us', 0.25],
  ['p50Us', 0.5],
  ['p75Us', 0.75],
  ['p90Us', 0.9],
  ['p95Us', 0.95],
  ['p99Us', 0.99],
  ['maxUs', 1],
] as const;

/** The nearest-rank quantile of ascending values: always one that was measured. */
export function quantile(ascending: readonly number[], share: number): number | null {
  if (ascending.length === 0) return null;
  return ascending[Math.min(ascending.length - 1, Math.max(0, Math.ceil(share * ascending.length) - 1))] ?? null;
}

/**
 * The server's columns with the probes that arrived since they were asked for. Probes of one column are pooled; the column
 * that the answer had begun keeps its quantiles (they cannot be recomputed without its probes) and gains count and extremes.
 */
export function extendColumns(columns: RttColumns, tail: ProbeTail, until: number): RttColumns {
  const origin = Date.parse(columns.from);
  const single = columns.resolution === 'probes';
  const lastAt = columns.t.length > 0 ? origin + (columns.t.at(-1) ?? 0) : Number.NEGATIVE_INFINITY;
  const after = single ? lastAt : Math.max(lastAt, Date.parse(columns.to));
  let first = tail.atMs.length;
  while (first > 0 && (tail.atMs[first - 1] ?? 0) > after) first -= 1;
  if (first === tail.atMs.length) return columns;

  const longer: RttColumns = { ...columns, t: [...columns.t], sent: [...columns.sent], lost: [...columns.lost] };
  for (const [name] of BANDS) longer[name] = [...columns[name]];
  let pool: number[] = [];
  for (let i = first; i < tail.atMs.length; i++) {
    const at = tail.atMs[i] ?? 0;
    if (at > until) break;
    const rttUs = tail.rttUs[i] ?? null;
    const start = single ? at - origin : Math.floor((at - origin) / columns.stepMs) * columns.stepMs;
    const begun = !single && longer.t.at(-1) === start;
    if (!begun) {
      pool = [];
      longer.t.push(start);
      longer.sent.push(0);
      longer.lost.push(0);
      for (const [name] of BANDS) longer[name].push(null);
    }
    const last = longer.t.length - 1;
    longer.sent[last] = (longer.sent[last] ?? 0) + 1;
    if (rttUs === null) {
      longer.lost[last] = (longer.lost[last] ?? 0) + 1;
      continue;
    }
    const ofServer = last < columns.t.length && columns.p50Us[last] !== null;
    if (ofServer) {
      longer.minUs[last] = Math.min(longer.minUs[last] ?? rttUs, rttUs);
      longer.maxUs[last] = Math.max(longer.maxUs[last] ?? rttUs, rttUs);
    } else {
      pool.splice(lowerBound(pool, rttUs), 0, rttUs);
      for (const [name, share] of BANDS) longer[name][last] = quantile(pool, share);
    }
  }
  return longer;
}

function lowerBound(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the column that covers `atMs` (ms since the epoch), or -1. */
export function columnAt(columns: RttColumns, atMs: number): number {
  const offset = atMs - Date.parse(columns.from);
  const after = upperBound(columns.t, offset);
  if (after === 0) return columns.resolution === 'probes' && columns.t.length > 0 ? 0 : -1;
  const index = after - 1;
  if (columns.resolution === 'probes') {
    const next = columns.t[after];
    return next !== undefined && next - offset < offset - (columns.t[index] ?? 0) ? after : index;
  }
  return offset - (columns.t[index] ?? 0) <= columns.stepMs ? index : -1;
}

function upperBound(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where the value axis ends: the 99.9th percentile of what is shown, with a little air. What lies above is drawn at the edge.
 * A single column's extreme does not squash the rest, but the medians always fit.
 */
export function ceilingUs(columns: RttColumns): number {
  const tops = columns.maxUs.filter((value): value is number => value !== null).sort((a, b) => a - b);
  if (tops.length === 0) return 1000;
  const medians = columns.p75Us.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  // The columns' own 99th percentiles stand for the probes of the view; a few columns of giants are cut and get an edge mark.
  const high = columns.p99Us.filter((value): value is number => value !== null).sort((a, b) => a - b);
  const usual = quantile(high, high.length < 60 ? 0.95 : 0.97) ?? 0;
  return Math.max(medians * 1.2, Math.min(tops.at(-1) ?? 0, usual * 1.15) * 1.05, 1);
}

export const lossStep = (lost: number, sent: number): 0 | 1 | 2 | 3 | 4 | 5 | 6 => {
  if (sent <= 0 || lost <= 0) return 0;
  const percent = (100 * lost) / sent;
  return percent <= 1 ? 1 : percent <= 3 ? 2 : percent <= 10 ? 3 : percent <= 25 ? 4 : percent <= 60 ? 5 : 6;
};

/** Height of a loss mark as a share of its lane: logarithmic, so that 0.1 % can be seen and 100 % fills it. */
export function lossHeight(lost: number, sent: number): number {
  if (sent <= 0 || lost <= 0) return 0;
  const percent = (100 * lost) / sent;
  return Math.min(1, Math.max(0.16, (Math.log10(percent) + 1) / 3));
}
