import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { parseDurationMs } from '../units/duration';
import { DEFAULT_RANGE, isLive, PRESETS, type Range, resolveRange, type WrittenRange, writeRange } from '../units/range';
import { useNow } from './time';

export interface ShownRange {
  written: WrittenRange;
  range: Range;
  live: boolean;
  now: number;
  /** Shows another range; a step of the browser's history, so that Back undoes a zoom. */
  show: (next: Range | WrittenRange) => void;
}

/** The time range of the page. It lives in the address; absent means the last 24 hours. */
export function useRange(): ShownRange {
  const { from, to } = useSearch({ strict: false });
  const navigate = useNavigate();
  const asked = useMemo<WrittenRange>(() => ({ from: from ?? DEFAULT_RANGE.from, to: to ?? DEFAULT_RANGE.to }), [from, to]);
  const coarse = useNow(10_000);
  const spanMs = (resolveRange(asked, coarse)?.to ?? 0) - (resolveRange(asked, coarse)?.from ?? 0);
  const now = useNow(spanMs > 0 && spanMs <= 3_600_000 ? 1000 : 5000);
  const readable = resolveRange(asked, now);
  const written = readable ? asked : DEFAULT_RANGE;
  const ends = readable ?? resolveRange(DEFAULT_RANGE, now) ?? { from: now - 86_400_000, to: now };
  const range = useMemo<Range>(() => ({ from: ends.from, to: ends.to }), [ends.from, ends.to]);
  const show = useCallback(
    (next: Range | WrittenRange) => {
      const shown = typeof next.from === 'string' ? (next as WrittenRange) : writeRange(next as Range);
      const isDefault = shown.from === DEFAULT_RANGE.from && shown.to === DEFAULT_RANGE.to;
      void navigate({
        to: '.',
        search: (before) => ({ ...before, from: isDefault ? undefined : shown.from, to: isDefault ? undefined : shown.to }),
        resetScroll: false,
      });
    },
    [navigate],
  );
  return { written, range, live: isLive(written), now, show };
}

/** The live range of about the same width: a preset when one fits. */
export function liveAgain({ from, to }: Range): WrittenRange {
  const width = to - from;
  const preset = PRESETS.find((one) => Math.abs((parseDurationMs(one.slice(1)) ?? 0) - width) < width * 0.02);
  return { from: preset ?? `-${Math.max(1, Math.round(width / 1000))}s`, to: 'now' };
}
