import { useEffect, useMemo, useState } from 'react';
import type { RttColumns } from '../../api/types';
import { say } from '../../messages/en';
import { count, lossPercent, msFigure } from '../../units/quantity';
import { clockSeconds, day, exactly } from '../../units/when';

const FIGURES = ['minUs', 'p50Us', 'p95Us', 'maxUs'] as const;
type SortKey = 'time' | (typeof FIGURES)[number] | 'lost';

/** The same columns as the chart, newest first; gaps stand as rows with their reason. */
export function RttTable({ columns, name }: { columns: RttColumns; name: string }) {
  const [sort, setSort] = useState<{ key: SortKey; up: boolean }>({ key: 'time', up: false });
  const origin = Date.parse(columns.from);
  const order = useMemo(() => {
    const value = (i: number): number => {
      if (sort.key === 'time') return columns.t[i] ?? 0;
      if (sort.key === 'lost') return (columns.sent[i] ?? 0) > 0 ? (columns.lost[i] ?? 0) / (columns.sent[i] ?? 1) : -1;
      return columns[sort.key][i] ?? -1;
    };
    return columns.t
      .map((_, i) => i)
      .filter((i) => (columns.sent[i] ?? 0) > 0)
      .sort((a, b) => (value(a) - value(b)) * (sort.up ? 1 : -1));
  }, [columns, sort]);
  const csv = useCsv(columns);
  const head = (key: SortKey, title: string, className = 'text-end!') => (
    <th className={className} aria-sort={sort.key === key ? (sort.up ? 'ascending' : 'descending') : 'none'}>
      <button type="button" className="min-h-6" onClick={() => setSort({ key, up: sort.key === key ? !sort.up : false })}>
        {title}
        {sort.key === key ? (sort.up ? ' ↑' : ' ↓') : ''}
      </button>
    </th>
  );
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="max-h-[430px] overflow-auto" tabIndex={0} aria-label={say.smoke.views.table}>
        <table className="num rows">
          <thead className="sticky top-0 bg-panel">
            <tr>
              {head('time', say.smoke.table.time, '')}
              {head('minUs', say.smoke.table.min)}
              {head('p50Us', say.smoke.table.median)}
              {head('p95Us', say.smoke.table.p95)}
              {head('maxUs', say.smoke.table.max)}
              <th className="text-end!">{say.smoke.table.sent}</th>
              <th className="text-end!">{say.smoke.table.lost}</th>
              {head('lost', say.smoke.table.loss)}
            </tr>
          </thead>
          <tbody>
            {columns.gaps.map((gap) => (
              <tr key={gap.from} className="text-text-3">
                <td>{`${day(Date.parse(gap.from))} ${clockSeconds(Date.parse(gap.from))}`}</td>
                <td colSpan={7}>
                  – {say.gapReasons[gap.reason]} → {clockSeconds(Date.parse(gap.to))}
                </td>
              </tr>
            ))}
            {order.map((i) => {
              const at = origin + (columns.t[i] ?? 0);
              return (
                <tr key={columns.t[i]}>
                  <td>
                    <time dateTime={new Date(at).toISOString()} title={exactly(at)}>
                      {`${day(at)} ${clockSeconds(at)}`}
                    </time>
                  </td>
                  {FIGURES.map((figure) => {
                    const us = columns[figure][i];
                    return (
                      <td key={figure} className="text-end">
                        {msFigure(us === null || us === undefined ? us : us / 1000)}
                      </td>
                    );
                  })}
                  <td className="text-end">{count(columns.sent[i])}</td>
                  <td className="text-end">{count(columns.lost[i])}</td>
                  <td className="text-end">{lossPercent(columns.lost[i] ?? 0, columns.sent[i] ?? 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p className="mt-2 text-end">
        <a className="link" href={csv} download={`${name}.csv`}>
          {say.smoke.csv}
        </a>
      </p>
    </>
  );
}

function useCsv(columns: RttColumns): string {
  const [url, setUrl] = useState('');
  useEffect(() => {
    const names = ['minUs', 'p10Us', 'p25Us', 'p50Us', 'p75Us', 'p90Us', 'p95Us', 'p99Us', 'maxUs', 'sent', 'lost'] as const;
    const origin = Date.parse(columns.from);
    const lines = columns.t.map((at, i) =>
      [new Date(origin + at).toISOString(), ...names.map((name) => columns[name][i] ?? '')].join(','),
    );
    const made = URL.createObjectURL(new Blob([`${['time', ...names].join(',')}\n${lines.join('\n')}\n`], { type: 'text/csv' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [columns]);
  return url;
}
