import { rate, significant } from '../units/quantity';
import { clock, clockSeconds, day, month, weekday } from '../units/when';
import { FONT, inks } from './paint';
import type { Options, Plot } from './useUplot';

type Axis = NonNullable<Options['axes']>[number];
const AXIS_FONT = `12px ${FONT}`;

const STEPS_S = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000,
  7_776_000,
];

/** Labels of a time axis: as much of the date as the distance between two of them needs. */
export function timeLabels(splits: number[], step: number): string[] {
  const write = step < 60 ? clockSeconds : step < 86_400 ? clock : step < 604_800 ? weekday : step < 2_592_000 ? day : month;
  return splits.map((at) => {
    const ms = at * 1000;
    const midnight =
      step < 86_400 && new Date(ms).getHours() === 0 && new Date(ms).getMinutes() === 0 && new Date(ms).getSeconds() === 0;
    return midnight ? weekday(ms) : write(ms);
  });
}

/** Round instants in the viewer's zone (whole days start at local midnight, also over a change of the clocks). */
export function timeSplits(from: number, to: number, widthPx: number): { at: number[]; step: number } {
  const most = Math.max(2, Math.floor(widthPx / 92));
  const step = STEPS_S.find((one) => (to - from) / one <= most) ?? 31_536_000;
  const at: number[] = [];
  if (step >= 86_400) {
    const first = new Date(from * 1000);
    first.setHours(0, 0, 0, 0);
    const days = Math.round(step / 86_400);
    for (let date = first; date.getTime() / 1000 <= to; date.setDate(date.getDate() + days)) {
      if (date.getTime() / 1000 >= from) at.push(date.getTime() / 1000);
    }
  } else {
    const offset = new Date(from * 1000).getTimezoneOffset() * 60;
    for (let tick = Math.ceil((from - offset) / step) * step + offset; tick <= to; tick += step) at.push(tick);
  }
  return { at, step };
}

export function timeAxis(gap: number, size: number): Axis {
  let step = 3600;
  return {
    scale: 'x',
    stroke: () => inks().text3,
    font: AXIS_FONT,
    gap,
    size,
    grid: { stroke: () => inks().grid, width: 1 },
    ticks: { show: false },
    splits: (plot: Plot, _axis: number, from: number, to: number) => {
      const made = timeSplits(from, to, plot.bbox.width / devicePixelRatio);
      step = made.step;
      return made.at;
    },
    values: (_plot: Plot, splits: number[]) => timeLabels(splits, step),
  };
}

/** A value axis whose unit stands once, at its top tick. */
export function valueAxis(unit: string, write: (value: number) => string = trimmed, size = 54): Axis {
  return {
    scale: 'y',
    stroke: () => inks().text3,
    font: AXIS_FONT,
    gap: 6,
    size,
    space: 44,
    grid: { stroke: () => inks().grid, width: 1 },
    ticks: { show: false },
    values: (_plot: Plot, splits: number[]) => {
      const last = splits.findLastIndex((value) => value !== null);
      return splits.map((value, i) => (value === null ? '' : i === last ? `${write(value)} ${unit}` : write(value)));
    },
  };
}

/** A tick's figure without the zeros that a measured figure would carry. */
export const trimmed = (value: number): string =>
  Math.abs(value) < 0.01 && value !== 0
    ? String(Number(value.toPrecision(2)))
    : significant(value)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '');

/** A tick of a throughput axis: `250 M`, `1 G`. */
export function rateTick(value: number): string {
  const { unit } = rate(value);
  const letter = unit[0] === 'b' ? '' : (unit[0] ?? '');
  const scale = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 }[letter] ?? 1;
  return `${trimmed(value / scale)}\u00a0${letter}`.trim();
}

/** The value axis of round-trip times: ms, or µs while all of it lies below 0.1 ms. */
export function rttAxis(): Axis {
  const [ms, us] = [valueAxis('ms'), valueAxis('µs', (value) => trimmed(value * 1000))];
  const write = (axis: Axis, plot: Plot, splits: number[]) =>
    (axis.values as (plot: Plot, splits: number[]) => string[])(plot, splits);
  return { ...ms, values: (plot: Plot, splits: number[]) => write((plot.scales.y?.max ?? 1) < 0.1 ? us : ms, plot, splits) };
}
