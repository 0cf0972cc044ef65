import { useCallback } from 'react';
import { rateTick } from './axes';
import { FONT, inks } from './paint';
import { type Draw, useCanvas } from './useCanvas';

interface RulerProps {
  bitsPerSecond: number | undefined;
  /** Earlier results, for the end of the scale and the usual band (p10–p90, from 20 of them on). */
  usual: readonly number[];
  direction: 'down' | 'up';
  label: string;
}

const SIDE = 8;
const BASE = 27;
const LEAST_FOR_BAND = 20;

/** A linear scale from 0 to 1.15 of the usual best with a brass needle at the figure. */
export function Ruler({ bitsPerSecond, usual, direction, label }: RulerProps) {
  const draw = useCallback<Draw>(
    (context, width) => {
      const ink = inks();
      const sorted = [...usual].sort((a, b) => a - b);
      const share = (of: number) => sorted[Math.min(sorted.length - 1, Math.floor(of * sorted.length))] ?? 0;
      const end = Math.max(bitsPerSecond ?? 0, share(0.9), 1e6) * 1.15;
      const major = niceStep(end / Math.max(2, width / 72));
      const x = (value: number) => SIDE + (value / end) * (width - 2 * SIDE);
      if (sorted.length >= LEAST_FOR_BAND) {
        context.globalAlpha = 0.4;
        context.fillStyle = ink[direction];
        context.fillRect(x(share(0.1)), BASE - 11, Math.max(2, x(share(0.9)) - x(share(0.1))), 11);
        context.globalAlpha = 1;
      }
      context.fillStyle = ink.line2;
      context.fillRect(SIDE, BASE, width - 2 * SIDE, 1);
      context.font = `12px ${FONT}`;
      context.textAlign = 'center';
      for (let i = 0; (i * major) / 10 <= end; i++) {
        const at = Math.round(x((i * major) / 10));
        context.fillStyle = i % 10 === 0 ? ink.text3 : ink.line2;
        context.fillRect(at, BASE, 1, i % 10 === 0 ? 7 : i % 5 === 0 ? 5 : 3);
        if (i % 10 === 0) context.fillText(i === 0 ? '0' : rateTick((i / 10) * major), Math.min(at, width - 16), BASE + 19);
      }
      if (bitsPerSecond === undefined) return;
      const at = x(bitsPerSecond);
      context.fillStyle = ink.brass;
      context.fillRect(at - 0.75, BASE - 8, 1.5, 16);
      context.beginPath();
      context.moveTo(at, BASE - 3);
      context.lineTo(at - 5, BASE - 15);
      context.lineTo(at + 5, BASE - 15);
      context.fill();
    },
    [bitsPerSecond, usual, direction],
  );
  const canvas = useCanvas(draw);
  return <canvas ref={canvas} role="img" aria-label={label} className="block h-[50px] w-full" />;
}

/** 1, 2, 2.5 or 5 times a power of ten, at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 2.5, 5, 10].find((one) => one * power >= least) ?? 10) * power;
}
