import { parseDurationMs } from './duration';

/** A time range as it stands in the address: relative to now (`-24h`, `now`) or ISO times. */
export interface WrittenRange {
  from: string;
  to: string;
}
export interface Range {
  from: number;
  to: number;
}

export const DEFAULT_RANGE: WrittenRange = { from: '-24h', to: 'now' };
export const PRESETS = ['-5m', '-15m', '-1h', '-6h', '-24h', '-7d', '-30d', '-365d'] as const;
const MIN_SPAN_MS = 1000;
const MAX_SPAN_MS = 10 * 366 * 86_400_000;

/** The instant an address term means, or undefined when it means none. */
export function instant(term: string, now: number): number | undefined {
  const written = term.trim();
  if (written === 'now') return now;
  if (written.startsWith('-')) {
    const back = parseDurationMs(written.slice(1));
    return back === undefined ? undefined : now - back;
  }
  if (!/^\d{4}-\d{2}-\d{2}/.test(written)) return undefined;
  const at = Date.parse(written);
  return Number.isNaN(at) ? undefined : at;
}

/** Both ends as instants; undefined when an end is unreadable, the order is wrong or the span is out of bounds. */
export function resolveRange({ from, to }: WrittenRange, now: number): Range | undefined {
  const start = instant(from, now);
  const end = instant(to, now);
  if (start === undefined || end === undefined || end - start < MIN_SPAN_MS || end - start > MAX_SPAN_MS) return undefined;
  return { from: start, to: end };
}

export const isLive = ({ to }: WrittenRange): boolean => to === 'now';

export const writeRange = ({ from, to }: Range): WrittenRange => ({
  from: new Date(Math.round(from)).toISOString(),
  to: new Date(Math.round(to)).toISOString(),
});

/** Reads what a person types: `-3h`, `yesterday 18-22`, `2026-11-20 17:50`, `2026-11-20 17:50 – 18:20`. */
export function readTypedRange(typed: string, now: number): WrittenRange | undefined {
  const source = typed.trim().toLowerCase();
  if (/^-?\d/.test(source) && parseDurationMs(source.replace(/^-/, '')) !== undefined) {
    return { from: `-${source.replace(/^-/, '')}`, to: 'now' };
  }
  const hours = /^(today|yesterday)(?:\s+(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?)?$/.exec(source);
  if (hours) {
    const midnight = new Date(now);
    midnight.setHours(0, 0, 0, 0);
    if (hours[1] === 'yesterday') midnight.setDate(midnight.getDate() - 1);
    const at = (hour: string | undefined, minute: string | undefined, otherwise: number) =>
      new Date(midnight).setHours(hour === undefined ? otherwise : Number(hour), Number(minute ?? 0), 0, 0);
    return checked(
      at(hours[2], hours[3], 0),
      Math.min(at(hours[4], hours[5], 24), hours[2] === undefined ? now : Number.MAX_SAFE_INTEGER),
    );
  }
  const dated = /^(\d{4}-\d{2}-\d{2})(?:[ t](\d{1,2}:\d{2}))?(?:\s*[-–]\s*(?:(\d{4}-\d{2}-\d{2})[ t]?)?(\d{1,2}:\d{2})?)?$/.exec(
    source,
  );
  if (!dated) return undefined;
  const start = local(dated[1], dated[2] ?? '00:00');
  const untilNow = dated[3] === undefined && dated[4] === undefined && dated[2] !== undefined;
  const end = untilNow ? now : local(dated[3] ?? dated[1], dated[4] ?? '24:00');
  return checked(start, end);
}

function local(date: string | undefined, time: string): number {
  const [year = 0, month = 1, dayOfMonth = 1] = (date ?? '').split('-').map(Number);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return new Date(year, month - 1, dayOfMonth, hour, minute).getTime();
}

const checked = (from: number, to: number): WrittenRange | undefined =>
  Number.isFinite(from) && to - from >= MIN_SPAN_MS ? writeRange({ from, to }) : undefined;

/** The range one span earlier (-1) or later (+1); never past now. */
export function stepRange(range: Range, direction: -1 | 1, now: number): Range {
  const width = range.to - range.from;
  const to = Math.min(range.to + direction * width, now);
  return { from: to - width, to };
}

/** The range around `centre` scaled by `factor` (below one zooms in). */
export function zoomRange(range: Range, factor: number, centre: number, now: number): Range {
  const width = Math.min(MAX_SPAN_MS, Math.max(MIN_SPAN_MS, (range.to - range.from) * factor));
  const from = centre - ((centre - range.from) / (range.to - range.from)) * width;
  const to = Math.min(from + width, now);
  return { from: to - width, to };
}
