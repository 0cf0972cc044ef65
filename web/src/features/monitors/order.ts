import type { BeatRow, Monitor } from '../../api/types';

/** By loss of the newest quarter of the range, then loss of all of it, then name; monitors without figures come last. */
export function worstFirst(monitors: readonly Monitor[], rows: readonly BeatRow[]): Monitor[] {
  const rank = new Map(rows.map((row) => [row.id, rankOf(row)]));
  const unknown = [-1, -1];
  return [...monitors].sort((a, b) => {
    const left = rank.get(a.id) ?? unknown;
    const right = rank.get(b.id) ?? unknown;
    for (let i = 0; i < left.length; i++) {
      const difference = (right[i] ?? 0) - (left[i] ?? 0);
      if (difference !== 0) return difference;
    }
    return a.name.localeCompare(b.name);
  });
}

function rankOf(row: BeatRow): number[] {
  const from = Math.floor(row.sent.length * 0.75);
  const sent = row.sent.slice(from).reduce((all, one) => all + one, 0);
  const lost = row.lost.slice(from).reduce((all, one) => all + one, 0);
  // Tenths of a percent: monitors that lose about the same keep their places while figures trickle in.
  const share = (part: number, whole: number) => (whole > 0 ? Math.round((1000 * part) / whole) : -1);
  return [share(lost, sent), share(row.totalLost, row.totalSent)];
}
