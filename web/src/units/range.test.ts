import { describe, expect, it } from 'vitest';
import { durationWords, parseDurationMs } from './duration';
import { instant, readTypedRange, resolveRange, stepRange, writeRange, zoomRange } from './range';

const now = Date.parse('2026-11-20T20:20:00Z');
const hour = 3_600_000;

describe('durations', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
    ['250ms', 250],
  ])('reads %s', (written, expected) => expect(parseDurationMs(written)).toBe(expected));
  it.each(['abc', '-5s', '', '5', '5 s', '1h-2m', '5x'])('refuses %j', (written) =>
    expect(parseDurationMs(written)).toBeUndefined(),
  );
  it.each([
    [9_000_000, '2 h 30 min'],
    [2_280_000, '38 min'],
    [4000, '4 s'],
    [1200, '1.2 s'],
    [250, '250 ms'],
    [518_400_000, '6 d'],
  ])('says %i ms as %s', (value, words) => expect(durationWords(value).replaceAll('\u00a0', ' ')).toBe(words));
});

describe('time ranges', () => {
  it('reads relative and absolute ends', () => {
    expect(resolveRange({ from: '-24h', to: 'now' }, now)).toEqual({ from: now - 24 * hour, to: now });
    expect(instant('2026-11-20T17:50:00Z', now)).toBe(Date.parse('2026-11-20T17:50:00Z'));
  });
  it.each([
    ['now', '-1h'],
    ['rubbish', 'now'],
    ['-1h', 'tomorrow'],
    ['-999999w', 'now'],
    ['now', 'now'],
  ])('refuses %s to %s', (from, to) => expect(resolveRange({ from, to }, now)).toBeUndefined());

  it('reads what a person types', () => {
    expect(readTypedRange('-3h', now)).toEqual({ from: '-3h', to: 'now' });
    const evening = readTypedRange('yesterday 18-22', now);
    expect(evening).toBeDefined();
    if (evening) expect(Date.parse(evening.to) - Date.parse(evening.from)).toBe(4 * hour);
    const from = readTypedRange('2026-11-20 17:50', now);
    expect(from?.to).toBe(new Date(now).toISOString());
    const both = readTypedRange('2026-11-19 17:50 – 18:20', now);
    if (both) expect(Date.parse(both.to) - Date.parse(both.from)).toBe(hour / 2);
    expect(readTypedRange('soon', now)).toBeUndefined();
  });

  it('survives a round trip through the address, and steps and zooms without leaving the past', () => {
    for (let i = 1; i < 500; i++) {
      const range = { from: now - i * 7919 * 1000, to: now - i * 3571 * 1000 };
      expect(resolveRange(writeRange(range), now)).toEqual(range);
      const later = stepRange(range, 1, now);
      expect(later.to).toBeLessThanOrEqual(now);
      expect(later.to - later.from).toBe(range.to - range.from);
      const closer = zoomRange(range, 0.5, (range.from + range.to) / 2, now);
      expect(closer.from).toBeGreaterThanOrEqual(range.from);
      expect(closer.to).toBeLessThanOrEqual(range.to);
    }
  });
});
