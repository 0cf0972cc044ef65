import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Direction, RunInterval } from '../api/types';
import { say } from '../messages/en';
import { rateTick, trimmed, valueAxis } from './axes';
import { FONT, inks, paintSoon } from './paint';
import { type AlignedData, type Options, type Plot, useUplot } from './useUplot';

interface IntervalChartProps {
  intervals: readonly RunInterval[];
  direction: Direction;
  secondsPerPhase: number;
  /** Elapsed seconds of the whole run while it is going on: the brass needle. */
  nowS?: number;
  label: string;
  height?: number;
}

/** Throughput of a run, interval by interval; the two directions follow each other on one time axis. */
export function IntervalChart({ intervals, direction, secondsPerPhase, nowS, label, height = 250 }: IntervalChartProps) {
  const needle = useRef(nowS);
  const uploadAt = direction === 'both' ? secondsPerPhase : 0;
  const total = secondsPerPhase * (direction === 'both' ? 2 : 1);
  const data = useMemo<AlignedData>(() => {
    const steps = intervals
      .flatMap((one) => {
        const shift = one.phase === 'upload' ? uploadAt : 0;
        const down = one.phase === 'download' ? one.bitsPerSecond : null;
        const up = one.phase === 'upload' ? one.bitsPerSecond : null;
        return [{ at: shift + (one.fromMs + one.toMs) / 2000, down, up }];
      })
      .sort((a, b) => a.at - b.at);
    return [steps.map((one) => one.at), steps.map((one) => one.down), steps.map((one) => one.up)];
  }, [intervals, uploadAt]);
  const build = useCallback((): Omit<Options, 'width' | 'height'> => {
    const line = (name: 'down' | 'up') => ({
      scale: 'y',
      stroke: () => inks()[name],
      fill: () => `${inks()[name]}33`,
      width: 2,
      spanGaps: false,
      points: { show: false },
    });
    return {
      legend: { show: false },
      padding: [20, 18, 0, 0],
      cursor: { show: false },
      scales: { x: { time: false, range: () => [0, total] }, y: { range: (_plot, _least, most) => [0, (most || 1e6) * 1.12] } },
      axes: [
        {
          ...valueAxis('s'),
          scale: 'x',
          size: 26,
          space: 60,
          values: (_plot: Plot, splits: number[]) => splits.map((at) => `${trimmed(at)}\u00a0s`),
        },
        { ...valueAxis('', (value) => (value === 0 ? '0' : rateTick(value)), 52) },
      ],
      series: [{}, line('down'), line('up')],
      hooks: {
        drawAxes: [(plot: Plot) => drawPhases(plot, direction, secondsPerPhase)],
        draw: [(plot: Plot) => drawNeedle(plot, needle.current)],
      },
    };
  }, [total, direction, secondsPerPhase]);
  const { host, plot } = useUplot(build, data, height);
  useEffect(() => {
    needle.current = nowS;
    paintSoon(() => plot.current?.redraw(false, false));
  }, [nowS, plot]);
  return <div ref={host} role="img" aria-label={label} style={{ height }} />;
}

function drawPhases(plot: Plot, direction: Direction, seconds: number): void {
  const { ctx, bbox } = plot;
  const ink = inks();
  const ratio = devicePixelRatio || 1;
  const phases = direction === 'both' ? (['download', 'upload'] as const) : ([direction] as const);
  ctx.save();
  ctx.font = `${11.5 * ratio}px ${FONT}`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  phases.forEach((phase, i) => {
    const left = plot.valToPos(i * seconds, 'x', true);
    ctx.fillStyle = ink.text2;
    ctx.fillText(say.phase[phase], left + 4 * ratio, bbox.top - 4 * ratio);
    ctx.fillStyle = ink.line2;
    ctx.fillRect(left, bbox.top - 16 * ratio, ratio, bbox.height + 16 * ratio);
  });
  ctx.restore();
}

function drawNeedle(plot: Plot, nowS: number | undefined): void {
  if (nowS === undefined) return;
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio || 1;
  const x = plot.valToPos(nowS, 'x', true);
  ctx.save();
  ctx.fillStyle = inks().brass;
  ctx.fillRect(x - ratio * 0.75, bbox.top - 8 * ratio, 1.5 * ratio, bbox.height + 8 * ratio);
  ctx.beginPath();
  ctx.arc(x, bbox.top - 8 * ratio, 3 * ratio, 0, 2 * Math.PI);
  ctx.fill();
  ctx.restore();
}
