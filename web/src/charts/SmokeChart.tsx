import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RttColumns } from '../api/types';
import { say } from '../messages/en';
import type { Range } from '../units/range';
import { rttAxis, timeAxis } from './axes';
import { ceilingUs, columnAt } from './columns';
import { paintSoon } from './paint';
import { Readout } from './Readout';
import { drawGaps, drawSmoke, LANE_PX } from './smoke';
import { type AlignedData, type Options, type Plot, useUplot } from './useUplot';

export type RttView = 'smoke' | 'percentiles';
export type ValueScale = 'lin' | 'log';

interface SmokeChartProps {
  columns: RttColumns;
  range: Range;
  view: RttView;
  scale: ValueScale;
  summary: string;
  height: number;
  onZoom: (range: Range) => void;
  onBack: () => void;
}

const LINES = [
  ['p50Us', 0, []],
  ['p90Us', 2, []],
  ['p95Us', 3, []],
  ['p99Us', 1, []],
] as const;

/** RTT over time: smoke or percentile lines, the loss lane, gaps, a cursor for mouse, touch and keys, zoom by dragging. */
export function SmokeChart({ columns, range, view, scale, summary, height, onZoom, onBack }: SmokeChartProps) {
  const shown = useRef({ columns, range, onZoom });
  const [cursor, setCursor] = useState<{ index: number; leftPx: number; widthPx: number }>();
  const data = useMemo(() => align(columns, view), [columns, view]);

  const build = useCallback((): Omit<Options, 'width' | 'height'> => {
    const follow = (plot: Plot) => {
      const left = plot.cursor.left ?? -1;
      const index = left < 0 ? -1 : columnAt(shown.current.columns, plot.posToVal(left, 'x') * 1000);
      setCursor((before) => {
        if (index < 0) return undefined;
        const leftPx = left + plot.bbox.left / devicePixelRatio;
        return before?.index === index && Math.abs(before.leftPx - leftPx) < 2 ? before : { index, leftPx, widthPx: plot.width };
      });
    };
    const zoom = (plot: Plot) => {
      const { left, width } = plot.select;
      if (width > 4) {
        shown.current.onZoom({ from: plot.posToVal(left, 'x') * 1000, to: plot.posToVal(left + width, 'x') * 1000 });
      }
      plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    };
    return {
      legend: { show: false },
      padding: [12, 10, 0, 0],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false }, bind: { dblclick: () => null } },
      scales: {
        x: { time: true, range: () => [shown.current.range.from / 1000, shown.current.range.to / 1000] },
        y: { distr: scale === 'log' ? 3 : 1, range: () => valueRange(shown.current.columns, scale) },
      },
      axes: [timeAxis(LANE_PX + 10, LANE_PX + 30), rttAxis()],
      series: [
        {},
        ...(view === 'smoke'
          ? [{ scale: 'y', paths: () => null, points: { show: false } }]
          : LINES.map(([, colour]) => ({
              scale: 'y',
              stroke: () => getComputedStyle(document.documentElement).getPropertyValue(`--s${colour + 1}`),
              width: 1.5,
              spanGaps: false,
              points: { show: false },
            }))),
      ],
      hooks: {
        drawAxes: [(plot: Plot) => drawGaps(plot, shown.current.columns.gaps)],
        draw: [(plot: Plot) => drawSmoke(plot, view === 'smoke' ? shown.current.columns : lossOnly(shown.current.columns))],
        setCursor: [follow],
        setSelect: [zoom],
      },
    };
  }, [view, scale]);
  const { host, plot } = useUplot(build, data, height);

  useEffect(() => {
    shown.current = { columns, range, onZoom };
    paintSoon(() => plot.current?.redraw(false, true));
  }, [columns, range, onZoom, plot]);

  const point = (index: number) => {
    const at = Date.parse(columns.from) + (columns.t[index] ?? 0) + (columns.resolution === 'probes' ? 0 : columns.stepMs / 2);
    plot.current?.setCursor({ left: plot.current.valToPos(at / 1000, 'x'), top: 10 });
  };
  const selection = useRef<number | undefined>(undefined);
  const press = (event: KeyboardEvent) => {
    const last = columns.t.length - 1;
    const here = cursor?.index ?? (event.key === 'ArrowLeft' ? last + 1 : -1);
    const move = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[event.key];
    if (move !== undefined || event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      event.stopPropagation();
      if (!event.shiftKey) selection.current = undefined;
      else selection.current ??= Math.max(0, here);
      point(event.key === 'Home' ? 0 : event.key === 'End' ? last : Math.min(last, Math.max(0, here + (move ?? 0))));
    } else if (event.key === 'Enter' && cursor) {
      event.preventDefault();
      const origin = Date.parse(columns.from);
      const at = origin + (columns.t[cursor.index] ?? 0);
      const other = selection.current === undefined ? undefined : origin + (columns.t[selection.current] ?? 0);
      const width = range.to - range.from;
      selection.current = undefined;
      onZoom(
        other === undefined || other === at
          ? { from: at - width / 4, to: at + width / 4 }
          : { from: Math.min(at, other), to: Math.max(at, other) + columns.stepMs },
      );
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (cursor) plot.current?.setCursor({ left: -10, top: -10 });
      else onBack();
    }
  };

  return (
    <div className="relative">
      <div
        ref={host}
        role="img"
        aria-label={`${summary} ${say.smoke.keys}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a chart is read by arrow keys (WCAG 2.1.1); its text is the label
        tabIndex={0}
        onKeyDown={press}
        onDoubleClick={onBack}
        className="touch-pan-y"
        style={{ height }}
      />
      {cursor && (
        <Readout
          columns={columns}
          index={Math.min(cursor.index, columns.t.length - 1)}
          leftPx={cursor.leftPx}
          widthPx={cursor.widthPx}
        />
      )}
    </div>
  );
}

/** Columns as uPlot wants them; a null between two that do not touch keeps lines from crossing a gap. */
function align(columns: RttColumns, view: RttView): AlignedData {
  const origin = Date.parse(columns.from);
  const single = columns.resolution === 'probes';
  const x: number[] = [];
  const lines: (number | null)[][] = (view === 'smoke' ? LINES.slice(0, 1) : LINES).map(() => []);
  for (let i = 0; i < columns.t.length; i++) {
    const at = columns.t[i] ?? 0;
    const before = columns.t[i - 1];
    if (!single && before !== undefined && at - before > columns.stepMs * 1.5) {
      x.push((origin + before + columns.stepMs) / 1000);
      for (const line of lines) line.push(null);
    }
    x.push((origin + at + (single ? 0 : columns.stepMs / 2)) / 1000);
    lines.forEach((line, k) => {
      const value = columns[LINES[k]?.[0] ?? 'p50Us'][i];
      line.push(value === null || value === undefined ? null : value / 1000);
    });
  }
  return [x, ...lines] as AlignedData;
}

function valueRange(columns: RttColumns, scale: ValueScale): [number, number] {
  const topMs = ceilingUs(columns) / 1000;
  if (scale === 'lin') return [0, topMs];
  let least = Number.POSITIVE_INFINITY;
  for (const value of columns.minUs) if (value !== null && value > 0 && value < least) least = value;
  const bottom = 10 ** Math.floor(Math.log10(Number.isFinite(least) ? least / 1000 : topMs / 10));
  return [bottom, Math.max(topMs, bottom * 10)];
}

const lossOnly = (columns: RttColumns): RttColumns => {
  const nothing = columns.t.map(() => null);
  return {
    ...columns,
    minUs: nothing,
    p10Us: nothing,
    p25Us: nothing,
    p50Us: nothing,
    p75Us: nothing,
    p90Us: nothing,
    maxUs: nothing,
  };
};
