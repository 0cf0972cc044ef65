import { describe, expect, it } from 'vitest';
import type { RttColumns } from '../api/types';
import { ceilingUs, columnAt, extendColumns, lossHeight, lossStep, quantile } from './columns';

const origin = Date.parse('2026-11-20T20:00:00Z');
const empty: RttColumns = {
  from: new Date(origin).toISOString(),
  to: new Date(origin + 10_000).toISOString(),
  stepMs: 5000,
  resolution: 'raw',
  t: [0, 5000],
  minUs: [10, 11],
  p10Us: [10, 11],
  p25Us: [10, 12],
  p50Us: [12, 14],
  p75Us: [13, 15],
  p90Us: [14, 16],
  p95Us: [15, 17],
  p99Us: [16, 18],
  maxUs: [20, 22],
  sent: [5, 5],
  lost: [0, 1],
  gaps: [],
  summary: { sent: 10, lost: 1, notSent: 0, lossRatio: 0.1, lossReasons: {}, rttMs: null, jitterMs: null, measuredRatio: 1 },
};

describe('columns that grow', () => {
  it('pools live probes into new columns and leaves the answer untouched', () => {
    const tail = { atMs: [9000, 11_000, 12_000, 13_000, 16_000].map((ms) => origin + ms), rttUs: [1, 30, null, 10, 40] };
    const longer = extendColumns(empty, tail, origin + 60_000);
    expect(longer.t).toEqual([0, 5000, 10_000, 15_000]);
    expect(longer.sent).toEqual([5, 5, 3, 1]);
    expect(longer.lost).toEqual([0, 1, 1, 0]);
    expect(longer.p50Us).toEqual([12, 14, 10, 40]);
    expect(longer.maxUs).toEqual([20, 22, 30, 40]);
    expect(empty.t).toHaveLength(2);
  });

  it('adds to a column that the answer had begun without inventing its quantiles', () => {
    const begun = { ...empty, to: new Date(origin + 7000).toISOString() };
    const longer = extendColumns(begun, { atMs: [origin + 8000, origin + 9000], rttUs: [90, null] }, origin + 60_000);
    expect(longer.t).toHaveLength(2);
    expect([longer.sent[1], longer.lost[1], longer.maxUs[1], longer.minUs[1], longer.p50Us[1]]).toEqual([7, 2, 90, 11, 14]);
  });

  it('appends one entry a probe when the answer is single probes', () => {
    const single: RttColumns = { ...empty, resolution: 'probes' };
    const longer = extendColumns(
      single,
      { atMs: [origin + 5000, origin + 6000, origin + 7000], rttUs: [1, null, 3] },
      origin + 60_000,
    );
    expect(longer.t).toEqual([0, 5000, 6000, 7000]);
    expect(longer.p50Us.slice(2)).toEqual([null, 3]);
  });

  it('finds the column under the cursor, and none in a gap', () => {
    expect(columnAt(empty, origin + 4999)).toBe(0);
    expect(columnAt(empty, origin + 5000)).toBe(1);
    expect(columnAt(empty, origin + 60_000)).toBe(-1);
    expect(columnAt(empty, origin - 1)).toBe(-1);
  });
});

describe('the value axis', () => {
  it('holds every median, and lets one giant be cut', () => {
    const flat = Array.from({ length: 300 }, () => 1000);
    const columns = { ...empty, maxUs: [...flat, 900_000], p75Us: [...flat, 1000] };
    expect(ceilingUs(columns)).toBeLessThan(5000);
    expect(ceilingUs({ ...columns, p75Us: [...flat, 800_000] })).toBeGreaterThan(800_000);
  });
});

describe('loss', () => {
  it('steps at 0, 1, 3, 10, 25, 60 and 100 %', () => {
    expect([0, 1, 2, 3, 4, 10, 25, 60, 61, 100].map((lost) => lossStep(lost, 100))).toEqual([0, 1, 2, 2, 3, 3, 4, 5, 6, 6]);
    expect(lossStep(0, 0)).toBe(0);
  });
  it('grows with the share and fills the lane at 100 %', () => {
    let before = 0;
    for (let lost = 1; lost <= 1000; lost++) {
      const height = lossHeight(lost, 1000);
      expect(height).toBeGreaterThanOrEqual(before);
      before = height;
    }
    expect(before).toBe(1);
  });
});

describe('quantiles', () => {
  it('are values that were measured', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(quantile([1, 2, 3, 4], 1)).toBe(4);
    expect(quantile([7], 0)).toBe(7);
    expect(quantile([], 0.5)).toBeNull();
  });
});
