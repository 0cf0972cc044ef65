import type { Gap, RttColumns } from '../api/types';
import { say } from '../messages/en';
import { lossHeight, lossStep } from './columns';
import { FONT, inks } from './paint';
import type { Plot } from './useUplot';

export const LANE_PX = 20;
const MIN_COLUMN_PX = 1.6;
/** min–max, p10–p90, p25–p75 laid over each other. */
const SMOKE: readonly [
  keyof Pick<RttColumns, 'minUs' | 'p10Us' | 'p25Us'>,
  keyof Pick<RttColumns, 'maxUs' | 'p90Us' | 'p75Us'>,
  number,
][] = [
  ['minUs', 'maxUs', 0.13],
  ['p10Us', 'p90Us', 0.17],
  ['p25Us', 'p75Us', 0.26],
];

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Fills `box` with the hatching of "not measured". */
export function hatch(context: CanvasRenderingContext2D, box: Box, colour: string, ratio: number): void {
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.width, box.height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = ratio;
  context.beginPath();
  for (let x = box.left - box.height; x < box.left + box.width; x += 5 * ratio) {
    context.moveTo(x, box.top + box.height);
    context.lineTo(x + box.height, box.top);
  }
  context.stroke();
  context.restore();
}

export function drawGaps(plot: Plot, gaps: readonly Gap[]): void {
  const { ctx, bbox } = plot;
  const ink = inks();
  const ratio = devicePixelRatio || 1;
  ctx.save();
  for (const gap of gaps) {
    const left = Math.max(bbox.left, plot.valToPos(Date.parse(gap.from) / 1000, 'x', true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(Date.parse(gap.to) / 1000, 'x', true));
    if (right - left < ratio * 1.5) continue;
    const box = { left, top: bbox.top, width: right - left, height: bbox.height };
    ctx.fillStyle = ink.grid;
    ctx.fillRect(box.left, box.top, box.width, box.height);
    hatch(ctx, box, ink.gap, ratio);
    if (right - left > 15 * ratio) drawUpright(ctx, say.gapReasons[gap.reason] ?? gap.reason, box, ratio);
  }
  ctx.restore();
}

function drawUpright(context: CanvasRenderingContext2D, words: string, box: Box, ratio: number): void {
  const ink = inks();
  context.save();
  context.font = `${11 * ratio}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.translate(box.left + box.width / 2, box.top + box.height / 2);
  const width = context.measureText(words).width + 12 * ratio;
  if (box.width < width + 8 * ratio) context.rotate(-Math.PI / 2);
  context.fillStyle = ink.panel;
  context.fillRect(-width / 2, -8 * ratio, width, 16 * ratio);
  context.fillStyle = ink.text2;
  context.fillText(words, 0, ratio);
  context.restore();
}

/** Bands, medians coloured by loss, marks for what exceeds the axis, and the loss lane below the plot. */
export function drawSmoke(plot: Plot, columns: RttColumns): void {
  const { ctx, bbox } = plot;
  const ink = inks();
  const ratio = devicePixelRatio || 1;
  const origin = Date.parse(columns.from);
  const single = columns.resolution === 'probes';
  const y = (us: number) => plot.valToPos(us / 1000, 'y', true);
  const scale = plot.scales.y;
  const ceiling = (scale?.max ?? 0) * 1000;
  const floorPx = bbox.top + bbox.height;
  const laneTop = floorPx + 4 * ratio;
  const stepPx = single
    ? singleWidth(plot, columns, ratio)
    : (columns.stepMs / 1000 / ((plot.scales.x?.max ?? 1) - (plot.scales.x?.min ?? 0))) * bbox.width;
  const width = Math.max(MIN_COLUMN_PX * ratio, stepPx);
  // Whole device pixels while columns are wide enough, so that translucent neighbours neither overlap nor leave seams.
  const snap = width >= 2 * ratio ? Math.round : (value: number) => value;

  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top - 6 * ratio, bbox.width, bbox.height + (LANE_PX + 14) * ratio);
  ctx.clip();
  for (let i = 0; i < columns.t.length; i++) {
    const sent = columns.sent[i] ?? 0;
    if (sent === 0) continue;
    const at = (origin + (columns.t[i] ?? 0)) / 1000;
    const centre = plot.valToPos(at, 'x', true);
    const left = snap(single ? centre - width / 2 : centre);
    const thick = single ? width : Math.max(MIN_COLUMN_PX * ratio, snap(centre + width) - left);
    if (left > bbox.left + bbox.width || left + thick < bbox.left) continue;
    const lost = columns.lost[i] ?? 0;
    const step = lossStep(lost, sent);
    const colour = ink.loss[step] ?? ink.text;

    if (!single) {
      for (const [low, high, alpha] of SMOKE) {
        const lowest = columns[low][i];
        const highest = columns[high][i];
        if (lowest === null || lowest === undefined || highest === null || highest === undefined) continue;
        const top = Math.max(bbox.top, y(Math.min(highest, ceiling)));
        ctx.fillStyle = `rgb(${ink.smoke} / ${alpha})`;
        ctx.fillRect(left, top, thick, Math.max(ratio, y(lowest) - top));
      }
    }
    const median = columns.p50Us[i];
    if (median !== null && median !== undefined) {
      ctx.fillStyle = colour;
      ctx.fillRect(left, y(Math.min(median, ceiling)) - ratio, thick, 2 * ratio);
    }
    if ((columns.maxUs[i] ?? 0) > ceiling) {
      ctx.fillStyle = ink.text2;
      ctx.beginPath();
      const middle = left + thick / 2;
      ctx.moveTo(middle, bbox.top - 5 * ratio);
      ctx.lineTo(middle + 3 * ratio, bbox.top - ratio);
      ctx.lineTo(middle - 3 * ratio, bbox.top - ratio);
      ctx.fill();
    }
    if (lost > 0) {
      ctx.fillStyle = colour;
      ctx.fillRect(
        left,
        laneTop,
        Math.max(1.5 * ratio, thick - (thick > 4 * ratio ? ratio : 0)),
        lossHeight(lost, sent) * (LANE_PX - 4) * ratio,
      );
    }
  }
  ctx.restore();

  // uPlot remembers the context's styles: they must be as it left them.
  ctx.save();
  ctx.strokeStyle = ink.line2;
  ctx.lineWidth = ratio;
  ctx.beginPath();
  ctx.moveTo(bbox.left, laneTop - 0.5 * ratio);
  ctx.lineTo(bbox.left + bbox.width, laneTop - 0.5 * ratio);
  ctx.stroke();
  ctx.fillStyle = ink.text3;
  ctx.font = `${11.5 * ratio}px ${FONT}`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'middle';
  ctx.fillText(say.smoke.lossLane, bbox.left - 6 * ratio, laneTop + (LANE_PX / 2 - 2) * ratio);
  ctx.restore();
}

function singleWidth(plot: Plot, columns: RttColumns, ratio: number): number {
  const count = Math.max(1, columns.t.length);
  return Math.min(9, Math.max(2.5, (plot.bbox.width / ratio / count) * 0.7)) * ratio;
}
