/** Colours of the theme in force, read once per theme change: canvases cannot use CSS variables by themselves. */
export interface Ink {
  text: string;
  text2: string;
  text3: string;
  panel: string;
  sunk: string;
  line: string;
  line2: string;
  grid: string;
  gap: string;
  brass: string;
  down: string;
  up: string;
  crit: string;
  beat: string;
  smoke: string;
  series: string[];
  loss: string[];
}

let ink: Ink | undefined;

export function inks(): Ink {
  if (ink) return ink;
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  ink = {
    text: read('--text'),
    text2: read('--text-2'),
    text3: read('--text-3'),
    panel: read('--panel'),
    sunk: read('--sunk'),
    line: read('--line'),
    line2: read('--line-2'),
    grid: read('--grid'),
    gap: read('--gap'),
    brass: read('--brass'),
    down: read('--down'),
    up: read('--up'),
    crit: read('--crit'),
    beat: read('--beat'),
    smoke: read('--smoke'),
    series: [1, 2, 3, 4].map((n) => read(`--s${n}`)),
    loss: [0, 1, 2, 3, 4, 5, 6].map((n) => read(`--l${n}`)),
  };
  return ink;
}

export const FONT = 'Archivo, "Archivo Fallback", system-ui, sans-serif';

type Paint = () => void;
const due = new Set<Paint>();
const everything = new Set<Paint>();
let frame = 0;

/** Paints in the next animation frame; all canvases share one, and one canvas is painted at most once in it. */
export function paintSoon(paint: Paint): void {
  due.add(paint);
  if (frame !== 0) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    const now = [...due];
    due.clear();
    for (const one of now) one();
  });
}

/** Repaints `paint` when the theme or the fonts change, until the returned function is called. */
export function repaintWithTheme(paint: Paint): () => void {
  everything.add(paint);
  return () => {
    everything.delete(paint);
    due.delete(paint);
  };
}

function repaintAll(): void {
  ink = undefined;
  for (const paint of everything) paintSoon(paint);
}

new MutationObserver(repaintAll).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
document.fonts?.ready.then(repaintAll);
