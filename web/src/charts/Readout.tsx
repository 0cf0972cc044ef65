import type { RttColumns } from '../api/types';
import { say } from '../messages/en';
import { lossPercent, rttOfMicros, text } from '../units/quantity';
import { clockSeconds, exactly, span } from '../units/when';

interface ReadoutProps {
  columns: RttColumns;
  index: number;
  leftPx: number;
  widthPx: number;
}

/** What one column says: a box beside the cursor, on phones a line below the chart. */
export function Readout({ columns, index, leftPx, widthPx }: ReadoutProps) {
  const from = Date.parse(columns.from) + (columns.t[index] ?? 0);
  const single = columns.resolution === 'probes';
  const us = (name: 'minUs' | 'p25Us' | 'p50Us' | 'p75Us' | 'p95Us' | 'maxUs') => text(rttOfMicros(columns[name][index] ?? null));
  const sent = columns.sent[index] ?? 0;
  const lost = columns.lost[index] ?? 0;
  const loss = sent === 0 ? say.notMeasured : `${lossPercent(lost, sent)}\u00a0% (${say.nOfM(lost, sent)})`;
  const rows: [string, string][] = single
    ? [[say.smoke.rtt, lost > 0 ? say.smoke.probeLost : us('p50Us')]]
    : [
        [say.smoke.median, us('p50Us')],
        ['p25 – p75', `${us('p25Us')} – ${us('p75Us')}`],
        ['p95', us('p95Us')],
        ['min – max', `${us('minUs')} – ${us('maxUs')}`],
        [say.words.loss, loss],
      ];
  const when = single ? clockSeconds(from) : span(from, from + columns.stepMs, columns.stepMs < 60_000);
  const leftwards = leftPx > widthPx * 0.6;
  return (
    <>
      <div
        className="popup num pointer-events-none absolute top-3 z-20 min-w-44 px-2.5 py-1.5 text-[0.75rem] leading-[1.0625rem] max-tablet:hidden"
        style={leftwards ? { right: widthPx - leftPx + 12 } : { left: leftPx + 12 }}
      >
        <div className="font-[560]">{when}</div>
        {rows.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4">
            <span className="text-text-2">{name}</span>
            <span>{value}</span>
          </div>
        ))}
        <div className="text-text-3">{single ? exactly(from) : say.resolution(columns)}</div>
      </div>
      <p className="num mt-1 tablet:hidden" aria-live="polite">
        <b className="font-[560]">{when}</b> · {rows.map(([name, value]) => `${name} ${value}`).join(' · ')}
      </p>
    </>
  );
}
