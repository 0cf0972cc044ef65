import { type RefObject, useEffect, useRef } from 'react';
import { paintSoon, repaintWithTheme } from './paint';

export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/** A canvas in CSS pixels: follows its size and the device's pixel ratio, and paints only while it can be seen. */
export function useCanvas(draw: Draw): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  const again = useRef(() => {});

  useEffect(() => {
    latest.current = draw;
    again.current();
  }, [draw]);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let visible = false;
    const paint = () => {
      const { clientWidth: width, clientHeight: height } = element;
      const context = element.getContext('2d');
      if (!visible || !context || width === 0) return;
      const ratio = window.devicePixelRatio || 1;
      element.width = Math.round(width * ratio);
      element.height = Math.round(height * ratio);
      context.scale(ratio, ratio);
      latest.current(context, width, height);
    };
    again.current = () => paintSoon(paint);
    const size = new ResizeObserver(again.current);
    const sight = new IntersectionObserver(
      (entries) => {
        visible = entries.at(-1)?.isIntersecting ?? false;
        if (visible) again.current();
      },
      { rootMargin: '120px' },
    );
    size.observe(element);
    sight.observe(element);
    const forget = repaintWithTheme(paint);
    return () => {
      size.disconnect();
      sight.disconnect();
      forget();
      again.current = () => {};
    };
  }, []);

  return canvas;
}
