import { describe, expect, it } from 'vitest';
import { ABSENT, bytes, count, lossPercent, msFigure, rate, rtt, sharePercent, significant, text } from './quantity';

/** A repeatable stream of positive numbers spread over many decades. */
function* decades(howMany: number): Generator<number> {
  let seed = 20261121;
  for (let i = 0; i < howMany; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    yield 10 ** ((seed / 2 ** 32) * 14 - 3);
  }
}
const number = (figure: string) => Number(figure.replaceAll('\u202f', '').replace('\u2212', '-'));

describe('figures', () => {
  it.each([
    [0.47, '0.47 ms'],
    [9.82, '9.82 ms'],
    [13.5, '13.5 ms'],
    [128, '128 ms'],
    [9.996, '10.0 ms'],
    [99.96, '100 ms'],
    [0.0419, '41.9 µs'],
    [12_345, '12.3 s'],
    [0, '0.00 ms'],
  ])('writes %f ms as %s', (value, written) => expect(text(rtt(value)).replaceAll('\u00a0', ' ')).toBe(written));

  it.each([
    [742e6, '742 Mbit/s'],
    [1.94e9, '1.94 Gbit/s'],
    [999_600, '1.00 Mbit/s'],
    [0, '0 bit/s'],
  ])('writes %f bit/s as %s', (value, written) => expect(text(rate(value)).replaceAll('\u00a0', ' ')).toBe(written));

  it('writes an amount in IEC units', () => expect(text(bytes(1.84 * 1024 ** 4))).toBe('1.84\u00a0TiB'));

  it.each([
    [0, 5580, '0'],
    [1, 1_000_000, '<0.01'],
    [4, 10_000, '0.04'],
    [73, 1000, '7.3'],
    [41, 100, '41'],
    [100, 100, '100'],
    [9999, 10_000, '>99'],
    [0, 0, ABSENT],
  ])('writes %i lost of %i as %s', (lost, sent, written) => expect(lossPercent(lost, sent)).toBe(written));

  it('groups counts by thin spaces', () => {
    expect(count(5580)).toBe('5\u202f580');
    expect(count(41_760)).toBe('41\u202f760');
  });

  it('never makes a share of less than everything into 100', () => {
    expect(sharePercent(0.9996)).toBe('99.9');
    expect(sharePercent(1)).toBe('100');
  });

  it('says nothing where nothing was measured', () => {
    for (const written of [rtt(null), rate(undefined), bytes(Number.NaN)]) expect(text(written)).toBe(ABSENT);
    expect(msFigure(null)).toBe(ABSENT);
  });
});

describe('for numbers of all sizes', () => {
  it('three digits are within half a unit of the last digit, and never more than four characters of digits', () => {
    for (const value of decades(3000)) {
      const written = significant(value);
      expect(Math.abs(number(written) - value)).toBeLessThanOrEqual(Math.max(0.005, value * 0.006));
      if (value < 999) expect(written.replace(/\D/g, '').length).toBeLessThanOrEqual(3);
    }
  });

  it('rates and amounts stay below the next step and grow with the value', () => {
    const factor: Record<string, number> = { 'bit/s': 1, 'kbit/s': 1e3, 'Mbit/s': 1e6, 'Gbit/s': 1e9, 'Tbit/s': 1e12 };
    for (const value of decades(3000)) {
      const { figure, unit } = rate(value);
      const read = number(figure) * (factor[unit] ?? Number.NaN);
      expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.max(0.5, value * 0.006));
      if (unit !== 'Tbit/s') expect(number(figure)).toBeLessThan(1000);
    }
  });

  it('loss is 0 only for nothing lost and 100 only for all lost', () => {
    for (const value of decades(3000)) {
      const sent = Math.max(2, Math.ceil(value));
      const lost = 1 + (Math.round(value * 7919) % (sent - 1));
      expect(lossPercent(lost, sent)).not.toBe('0');
      expect(lossPercent(lost, sent)).not.toBe('100');
    }
  });
});
