import { type KeyboardEvent, type PointerEvent, useCallback, useRef } from 'react';
import { say } from '../messages/en';
import type { Range } from '../units/range';
import { span, weekday } from '../units/when';
import { timeLabels, timeSplits } from './axes';
import { type BeatColumns, drawBeats } from './BeatStrip';
import { FONT, inks } from './paint';
import { type Draw, useCanvas } from './useCanvas';

interface BrushProps {
  beats: BeatColumns | undefined;
  /** What the strip spans; `shown` is the part that the chart above shows. */
  whole: Range;
  shown: Range;
  onMove: (range: Range) => void;
}

const LABELS_PX = 16;

/** Seven ranges of beats below the chart: drag or use the arrow keys to move the shown range. */
export function Brush({ beats, whole, shown, onMove }: BrushProps) {
  const width = whole.to - whole.from;
  const draw = useCallback<Draw>(
    (context, widthPx, heightPx) => {
      const ink = inks();
      const strip = heightPx - LABELS_PX;
      context.fillStyle = ink.sunk;
      context.fillRect(0, 0, widthPx, strip);
      if (beats) drawBeats(context, beats, widthPx, strip);
      const { at, step } = timeSplits(whole.from / 1000, whole.to / 1000, widthPx);
      const labels = step >= 86_400 && step < 604_800 ? at.map((one) => weekday(one * 1000)) : timeLabels(at, step);
      context.fillStyle = ink.text3;
      context.font = `11.5px ${FONT}`;
      context.textAlign = 'center';
      at.forEach((one, i) => {
        const x = ((one * 1000 - whole.from) / width) * widthPx;
        if (x > 24 && x < widthPx - 24) context.fillText(labels[i] ?? '', x, heightPx - 4);
      });
    },
    [beats, whole.from, whole.to, width],
  );
  const canvas = useCanvas(draw);
  const grab = useRef<{ x: number; from: number } | undefined>(undefined);
  const place = (ms: number) => `${Math.min(100, Math.max(0, ((ms - whole.from) / width) * 100))}%`;
  const moveTo = (from: number) => {
    const start = Math.min(whole.to - (shown.to - shown.from), Math.max(whole.from, from));
    onMove({ from: start, to: start + (shown.to - shown.from) });
  };
  const at = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    return box ? whole.from + ((event.clientX - box.left) / box.width) * width : whole.from;
  };
  const press = (event: KeyboardEvent) => {
    const steps = { ArrowLeft: -0.25, ArrowRight: 0.25, PageUp: -1, PageDown: 1 }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(shown.from + steps * (shown.to - shown.from));
  };
  return (
    <div className="relative">
      <canvas ref={canvas} className="block h-[42px] w-full" />
      <div
        role="slider"
        tabIndex={0}
        aria-label={say.smoke.brush}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(((shown.from - whole.from) / width) * 100)}
        aria-valuetext={span(shown.from, shown.to, false)}
        onKeyDown={press}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          grab.current = { x: at(event), from: shown.from };
        }}
        onPointerUp={(event) => {
          const held = grab.current;
          grab.current = undefined;
          const moved = held ? at(event) - held.x : 0;
          if (held && Math.abs(moved) > width / 400) moveTo(held.from + moved);
        }}
        className="absolute top-0 h-[26px] min-w-2 cursor-grab touch-none border border-brass bg-brass-soft active:cursor-grabbing"
        style={{ left: place(shown.from), right: `calc(100% - ${place(shown.to)})` }}
      />
    </div>
  );
}
