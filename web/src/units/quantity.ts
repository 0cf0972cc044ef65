/** A figure and its unit, apart so that the unit can be smaller or stand once in a table head. */
export interface Quantity {
  figure: string;
  unit: string;
}

export const ABSENT = '–';
const NBSP = '\u00a0';
const MINUS = '\u2212';
const THIN = '\u202f';

export const text = ({ figure, unit }: Quantity): string => (unit === '' ? figure : `${figure}${NBSP}${unit}`);

/** Three significant digits, at most two decimals, never rounding into a fourth digit (9.995 is 10.0). */
export function significant(value: number): string {
  const size = Math.abs(value);
  const decimals = size < 9.995 ? 2 : size < 99.95 ? 1 : 0;
  const figure = size.toFixed(decimals);
  const shown = decimals === 0 ? grouped(figure) : figure;
  return value < 0 && Number(figure) !== 0 ? MINUS + shown : shown;
}

const grouped = (digits: string): string => (digits.length > 3 ? digits.replace(/\B(?=(\d{3})+$)/g, THIN) : digits);

/** A round-trip time: ms; below 0.1 ms in µs, from 10 s in s. */
export function rtt(rttMs: number | null | undefined): Quantity {
  if (rttMs === null || rttMs === undefined || !Number.isFinite(rttMs)) return { figure: ABSENT, unit: '' };
  if (rttMs !== 0 && Math.abs(rttMs) < 0.1) return { figure: significant(rttMs * 1000), unit: 'µs' };
  if (Math.abs(rttMs) >= 10_000) return { figure: significant(rttMs / 1000), unit: 's' };
  return { figure: significant(rttMs), unit: 'ms' };
}

export const rttOfMicros = (rttUs: number | null | undefined): Quantity =>
  rtt(rttUs === null || rttUs === undefined ? rttUs : rttUs / 1000);

/** The figure of a time in a column whose head says ms; values below 0.1 keep three digits instead of becoming 0.00. */
export function msFigure(rttMs: number | null | undefined): string {
  if (rttMs === null || rttMs === undefined || !Number.isFinite(rttMs)) return ABSENT;
  return rttMs !== 0 && Math.abs(rttMs) < 0.1
    ? Number(rttMs.toPrecision(2)).toFixed(Math.abs(rttMs) < 0.01 ? 4 : 3)
    : significant(rttMs);
}

/** Throughput in bits, SI steps. */
export function rate(bitsPerSecond: number | null | undefined): Quantity {
  return stepped(bitsPerSecond, 1000, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s', 'Tbit/s']);
}

/** An amount in bytes, IEC steps. */
export function bytes(amount: number | null | undefined): Quantity {
  return stepped(amount, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']);
}

function stepped(value: number | null | undefined, base: number, units: readonly string[]): Quantity {
  if (value === null || value === undefined || !Number.isFinite(value)) return { figure: ABSENT, unit: '' };
  let scaled = value;
  let step = 0;
  // 999.6 kbit/s would print as 1000: it belongs to the next unit.
  while (step < units.length - 1 && Math.abs(scaled) >= base - 0.5) {
    scaled /= base;
    step += 1;
  }
  return { figure: step === 0 ? grouped(String(Math.round(scaled))) : significant(scaled), unit: units[step] ?? '' };
}

/** Lost of sent as a percentage figure: 0 only when nothing was lost, 100 only when everything was. */
export function lossPercent(lost: number, sent: number): string {
  if (sent <= 0) return ABSENT;
  if (lost <= 0) return '0';
  if (lost >= sent) return '100';
  const percent = (100 * lost) / sent;
  if (percent < 0.005) return '<0.01';
  if (percent < 0.0995) return percent.toFixed(2);
  if (percent < 9.95) return percent.toFixed(1);
  return percent >= 99.5 ? '>99' : percent.toFixed(0);
}

/** A share of one as a percentage figure: whole from 10, one decimal below. */
export function sharePercent(share: number | null | undefined): string {
  if (share === null || share === undefined || !Number.isFinite(share)) return ABSENT;
  const percent = share * 100;
  if (percent > 99.5 && percent < 100) return (Math.floor(percent * 10) / 10).toFixed(1);
  return percent === 0 || percent >= 9.95 ? percent.toFixed(0) : percent.toFixed(1);
}

/** A whole number with thin spaces between groups of three. */
export function count(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return ABSENT;
  const digits = grouped(String(Math.abs(Math.round(value))));
  return value < 0 ? MINUS + digits : digits;
}
