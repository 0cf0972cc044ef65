import { useCallback } from 'react';
import { lossHeight, lossStep } from './columns';
import { inks } from './paint';
import { type Draw, useCanvas } from './useCanvas';

export interface BeatColumns {
  p50Us: (number | null)[];
  sent: number[];
  lost: number[];
}

/** RTT stands up from the floor on the row's own scale, loss hangs from the ceiling, a grey stub is no measurement. */
export function drawBeats(context: CanvasRenderingContext2D, beats: BeatColumns, width: number, height: number): void {
  const ink = inks();
  const slots = beats.sent.length;
  if (slots === 0) return;
  const pitch = width / slots;
  const thick = Math.max(1, Math.min(pitch - 1, pitch * 0.68));
  const known = beats.p50Us.filter((value): value is number => value !== null).sort((a, b) => a - b);
  const usual = known[Math.floor(known.length / 2)] ?? 1;
  const most = known.at(-1) ?? 1;
  // A steady row stands at a third of the height; four times the usual fills it.
  const top = Math.max(most, usual * 2.6);
  const floor = height;
  for (let i = 0; i < slots; i++) {
    const x = i * pitch + (pitch - thick) / 2;
    const sent = beats.sent[i] ?? 0;
    const lost = beats.lost[i] ?? 0;
    if (sent === 0) {
      context.fillStyle = ink.line2;
      context.fillRect(x, floor - 1, thick, 1);
      continue;
    }
    const step = lossStep(lost, sent);
    const colour = step === 0 ? ink.beat : (ink.loss[step] ?? ink.beat);
    context.fillStyle = colour;
    const p50 = beats.p50Us[i] ?? null;
    if (p50 === null) {
      context.fillStyle = ink.loss[6] ?? colour;
      context.fillRect(x, 0, thick, height);
      continue;
    }
    const rise = Math.max(2, (p50 / top) * height * 0.6);
    context.fillRect(x, floor - rise, thick, rise);
    if (step > 0) context.fillRect(x, 0, thick, Math.max(2, lossHeight(lost, sent) * height * 0.36));
  }
}

interface BeatStripProps {
  beats: BeatColumns | undefined;
  /** What the ticks say, for those who cannot see them. */
  label: string;
  className?: string;
}

export function BeatStrip({ beats, label, className }: BeatStripProps) {
  const draw = useCallback<Draw>(
    (context, width, height) => {
      if (beats) drawBeats(context, beats, width, height);
    },
    [beats],
  );
  const canvas = useCanvas(draw);
  return <canvas ref={canvas} role="img" aria-label={label} className={`block w-full ${className ?? 'h-7'}`} />;
}
