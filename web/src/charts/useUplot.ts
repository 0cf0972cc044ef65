import { type RefObject, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { paintSoon, repaintWithTheme } from './paint';

export type { AlignedData, default as Plot, Options } from 'uplot';

interface Uplot {
  host: RefObject<HTMLDivElement | null>;
  plot: RefObject<uPlot | undefined>;
}

/**
 * The only door to uPlot: builds the chart once per `build` (keep it stable), then feeds data and size, and repaints when
 * the theme changes. `height` is CSS pixels.
 */
export function useUplot(build: () => Omit<uPlot.Options, 'width' | 'height'>, data: uPlot.AlignedData, height: number): Uplot {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  const latest = useRef(data);

  // First: a chart that is rebuilt must be built with the data that belongs to its new series.
  useEffect(() => {
    latest.current = data;
  }, [data]);

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const made = new uPlot({ ...build(), width: Math.max(120, element.clientWidth), height }, latest.current, element);
    plot.current = made;
    const fit = new ResizeObserver(() => {
      const width = Math.max(120, element.clientWidth);
      if (width !== made.width) made.setSize({ width, height });
    });
    fit.observe(element);
    const forget = repaintWithTheme(() => made.redraw(false, true));
    return () => {
      fit.disconnect();
      forget();
      made.destroy();
      plot.current = undefined;
    };
  }, [build, height]);

  useEffect(() => {
    latest.current = data;
    paintSoon(() => plot.current?.setData(latest.current, true));
  }, [data]);

  return { host, plot };
}
