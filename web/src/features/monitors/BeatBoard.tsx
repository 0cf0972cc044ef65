import { Link, useNavigate } from '@tanstack/react-router';
import type { BeatRow, Monitor } from '../../api/types';
import { BeatStrip } from '../../charts/BeatStrip';
import { lossStep } from '../../charts/columns';
import { useProbeTail } from '../../data/feed';
import { useNow } from '../../data/time';
import { say } from '../../messages/en';
import { ABSENT, lossPercent, msFigure, rtt, text } from '../../units/quantity';
import { clockSeconds } from '../../units/when';
import { lastAt, staleSince } from './stale';

interface BeatBoardProps {
  monitors: readonly Monitor[];
  beats: readonly BeatRow[];
  /** What the beats span, in words. */
  span: string;
  selected?: number | undefined;
}

/** One row a monitor: its day as beats, its figures, and the newest answer. */
export function BeatBoard({ monitors, beats, span, selected }: BeatBoardProps) {
  const rows = new Map(beats.map((row) => [row.id, row]));
  return (
    <table className="rows max-tablet:block">
      <thead className="max-tablet:hidden">
        <tr>
          <th>{say.monitors.columns.name}</th>
          <th className="max-desk:hidden">{say.monitors.columns.kind}</th>
          <th className="w-[41%]">{say.overview.beats(span)}</th>
          <th className="text-end!">{say.monitors.columns.last}</th>
          <th className="text-end!">{say.monitors.columns.median}</th>
          <th className="text-end!">{say.monitors.columns.p95}</th>
          <th className="text-end!">{say.monitors.columns.loss}</th>
        </tr>
      </thead>
      <tbody className="max-tablet:block">
        {monitors.map((monitor, i) => (
          <BoardRow key={monitor.id} monitor={monitor} row={rows.get(monitor.id)} span={span} selected={selected === i} />
        ))}
      </tbody>
    </table>
  );
}

function BoardRow({
  monitor,
  row,
  span,
  selected,
}: {
  monitor: Monitor;
  row: BeatRow | undefined;
  span: string;
  selected: boolean;
}) {
  const navigate = useNavigate();
  const tail = useProbeTail(monitor.id);
  const now = useNow(5000);
  const stale = staleSince(monitor, lastAt(tail), now);
  const sent = row?.totalSent ?? 0;
  const lost = row?.totalLost ?? 0;
  const loss = lossPercent(lost, sent);
  const trouble = sent > 0 && lossStep(lost, sent) >= 3;
  const silent = monitor.state.status !== 'measuring';
  return (
    <tr
      className={`cursor-pointer max-tablet:grid max-tablet:grid-cols-[1fr_auto_auto_62px] max-tablet:items-baseline max-tablet:gap-x-3 max-tablet:border-b max-tablet:border-line max-tablet:py-2 max-tablet:last:border-0 *:max-tablet:h-auto *:max-tablet:border-0 *:max-tablet:p-0 ${selected ? '*:bg-raised' : ''}`}
      onClick={(event) => {
        if (!(event.target instanceof HTMLElement && event.target.closest('a')))
          void navigate({ to: '/monitors/$id', params: { id: String(monitor.id) } });
      }}
    >
      <td className="h-10 max-w-0 min-w-24 truncate font-[480] tablet:w-[19%] max-tablet:max-w-none!">
        <Link
          to="/monitors/$id"
          params={{ id: String(monitor.id) }}
          title={monitor.target}
          className="inline-block max-w-full truncate py-1 align-middle"
        >
          {monitor.name}
        </Link>
      </td>
      <td className="text-text-3 max-desk:hidden">{monitor.kind}</td>
      <td className="max-tablet:order-9 max-tablet:col-span-full max-tablet:pt-1.5!">
        <BeatStrip beats={row} label={say.monitors.beatLabel(monitor.name, span, text(rtt(row?.p50Ms)), lost, sent)} />
      </td>
      <td className="num text-end max-tablet:hidden">
        <NowFigure tail={tail} stale={stale} note={silent ? say.monitorStatus[monitor.state.status] : say.notYet} />
      </td>
      <td className="num text-end">
        {msFigure(row?.p50Ms)}
        <span className="text-text-3 tablet:hidden"> ms</span>
      </td>
      <td className="num text-end text-text-2 max-tablet:hidden">{msFigure(row?.p95Ms)}</td>
      <td
        className={`num text-end max-tablet:col-start-4 ${trouble ? 'warn' : ''}`}
        title={sent > 0 ? say.monitors.stat.lossLine(lost, sent) : say.notMeasured}
      >
        {trouble && '▲ '}
        {loss}
        {loss !== ABSENT && <span className="text-text-3 tablet:hidden"> %</span>}
      </td>
    </tr>
  );
}

function NowFigure({
  tail,
  stale,
  note,
}: {
  tail: { atMs: number[]; rttUs: (number | null)[] };
  stale: number | undefined;
  note: string;
}) {
  if (tail.rttUs.length === 0) return <span title={note}>{ABSENT}</span>;
  const latest = tail.rttUs.at(-1) ?? null;
  if (stale !== undefined) {
    return (
      <span className="warn" title={say.states.stale(clockSeconds(stale))}>
        ◷ <span className="opacity-50">{latest === null ? say.smoke.probeLost : msFigure(latest / 1000)}</span>
      </span>
    );
  }
  return latest === null ? <span className="crit">{say.smoke.probeLost}</span> : <span>{msFigure(latest / 1000)}</span>;
}
