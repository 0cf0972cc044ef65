import { rateTick } from './axes';

interface RulerProps {
  bitsPerSecond: number | undefined;
  /** Earlier results, for the end of the scale and the usual band (p10–p90, from 20 of them on). */
  usual: readonly number[];
  direction: 'down' | 'up';
  label: string;
}

const WIDTH = 320;
const BASE = 26;

/** A linear scale from 0 to 1.15 of the usual best with a brass needle at the figure. */
export function Ruler({ bitsPerSecond, usual, direction, label }: RulerProps) {
  const sorted = [...usual].sort((a, b) => a - b);
  const share = (of: number) => sorted[Math.min(sorted.length - 1, Math.floor(of * sorted.length))] ?? 0;
  const most = Math.max(bitsPerSecond ?? 0, share(0.9), 1e6);
  const end = most * 1.15;
  const major = niceStep(end / 4.6);
  const minor = major / 10;
  const x = (value: number) => 8 + (value / end) * (WIDTH - 16);
  const ticks = Array.from({ length: Math.floor(end / minor) + 1 }, (_, i) => i);
  return (
    <svg viewBox={`0 0 ${WIDTH} 48`} className="num block w-full" role="img" aria-label={label}>
      {sorted.length >= 20 && (
        <rect
          x={x(share(0.1))}
          y={BASE - 11}
          width={Math.max(2, x(share(0.9)) - x(share(0.1)))}
          height={11}
          opacity={0.4}
          className={direction === 'down' ? 'fill-down' : 'fill-up'}
        />
      )}
      <path d={`M8 ${BASE}H${WIDTH - 8}`} className="stroke-line-2" />
      {ticks.map((i) => (
        <path
          key={i}
          d={`M${x(i * minor)} ${BASE}v${i % 10 === 0 ? 7 : i % 5 === 0 ? 4 : 2.5}`}
          className={i % 10 === 0 ? 'stroke-text-3' : 'stroke-line-2'}
        />
      ))}
      {ticks
        .filter((i) => i % 10 === 0)
        .map((i) => (
          <text key={i} x={x(i * minor)} y={46} textAnchor={i === 0 ? 'start' : 'middle'} className="fill-text-3 text-[12px]">
            {i === 0 ? '0' : rateTick(i * minor)}
          </text>
        ))}
      {bitsPerSecond !== undefined && (
        <path d={`M${x(bitsPerSecond)} ${BASE + 7}v-9l-5 -12h10l-5 12`} className="fill-brass stroke-brass" strokeWidth={1.6} />
      )}
    </svg>
  );
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
export function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 2.5, 5, 10].find((one) => one * power >= least) ?? 10) * power;
}
