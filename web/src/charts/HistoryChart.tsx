import { useCallback } from 'react';
import type { Run } from '../api/types';
import type { Range } from '../units/range';
import { rateTick, timeLabels, timeSplits } from './axes';
import { FONT, inks } from './paint';
import { niceStep } from './Ruler';
import { type Draw, useCanvas } from './useCanvas';

interface HistoryChartProps {
  runs: readonly Run[];
  range: Range;
  label: string;
  height?: number;
}

const LEFT = 42;
const RIGHT = 8;
const TOP = 8;
const BOTTOM = 20;
const DOT = 2.2;

/**
 * One dot a test at its true time: ↓ round, ↑ square, a failed one as ✕ on the floor.
 * Drawn without uPlot: dots need none of it, and the Overview then loads without it.
 */
export function HistoryChart({ runs, range, label, height = 104 }: HistoryChartProps) {
  const { from, to } = range;
  const draw = useCallback<Draw>(
    (context, width, full) => {
      const ink = inks();
      const most = Math.max(1e6, ...runs.flatMap((run) => [run.download?.bitsPerSecond ?? 0, run.upload?.bitsPerSecond ?? 0]));
      const step = niceStep(most / 2.4);
      const top = Math.max(most, step * Math.floor(most / step)) * 1.08;
      const floor = full - BOTTOM;
      const x = (at: number) => LEFT + ((at - from) / (to - from)) * (width - LEFT - RIGHT);
      const y = (value: number) => floor - (value / top) * (floor - TOP);

      context.font = `11.5px ${FONT}`;
      context.textBaseline = 'middle';
      context.textAlign = 'right';
      for (let value = 0; value <= top; value += step) {
        context.fillStyle = ink.grid;
        context.fillRect(LEFT, Math.round(y(value)), width - LEFT - RIGHT, 1);
        context.fillStyle = ink.text3;
        context.fillText(value === 0 ? '0' : rateTick(value), LEFT - 8, y(value));
      }
      context.textAlign = 'center';
      const days = timeSplits(from / 1000, to / 1000, width - LEFT - RIGHT);
      const labels = timeLabels(days.at, days.step);
      days.at.forEach((at, i) => {
        if (x(at * 1000) > LEFT + 16 && x(at * 1000) < width - 20) context.fillText(labels[i] ?? '', x(at * 1000), full - 7);
      });
      for (const run of runs) {
        const at = x(Date.parse(run.createdAt));
        if (at < LEFT) continue;
        if (run.status === 'failed') {
          context.fillStyle = ink.crit;
          context.font = `600 11px ${FONT}`;
          context.fillText('✕', at, floor - 4);
        }
        if (run.status !== 'completed') continue;
        if (run.download) {
          context.fillStyle = ink.down;
          context.beginPath();
          context.arc(at, y(run.download.bitsPerSecond), DOT, 0, 2 * Math.PI);
          context.fill();
        }
        if (run.upload) {
          context.fillStyle = ink.up;
          context.fillRect(at - DOT, y(run.upload.bitsPerSecond) - DOT, 2 * DOT, 2 * DOT);
        }
      }
    },
    [runs, from, to],
  );
  const canvas = useCanvas(draw);
  return <canvas ref={canvas} role="img" aria-label={label} className="block w-full" style={{ height }} />;
}
