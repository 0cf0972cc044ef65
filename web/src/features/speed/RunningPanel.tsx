import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Run, RunInterval } from '../../api/types';
import { IntervalChart } from '../../charts/IntervalChart';
import { Ruler } from '../../charts/Ruler';
import { useRunStop } from '../../data/actions';
import { type Progress, useProgress } from '../../data/feed';
import { runQuery } from '../../data/queries';
import { useNow } from '../../data/time';
import { say } from '../../messages/en';
import { useKeys } from '../../parts/keys';
import { Panel } from '../../parts/Panel';
import { complain } from '../../parts/toasts';
import { durationWords } from '../../units/duration';
import { bytes, rate, text } from '../../units/quantity';

/** One large figure, the ruler, the phases, what was moved, Stop; beside it the throughput as it comes. */
export function RunningPanel({ run, usual }: { run: Run; usual: { down: number[]; up: number[] } }) {
  const progress = useProgress(run.id);
  // After a reload the intervals so far come from the server, the rest from the stream.
  const { data: detail } = useQuery({ ...runQuery(run.id), enabled: run.status === 'running' });
  const intervals = useMemo(() => merge(detail?.intervals ?? [], progress?.intervals ?? []), [detail, progress]);
  const now = useNow(500);
  const stop = useRunStop();
  const halt = () => stop.mutate(run.id, { onError: complain });
  useKeys({ Escape: halt });
  const latest = progress?.latest ?? lastOf(intervals);
  const phase = latest?.phase ?? run.phase ?? (run.options.direction === 'upload' ? 'upload' : 'download');
  const { figure, unit } = rate(latest?.bitsPerSecond);
  const moved = intervals.reduce((all, one) => all + (one.bitsPerSecond / 8) * ((one.toMs - one.fromMs) / 1000), 0);
  const phases = run.options.direction === 'both' ? (['download', 'upload'] as const) : ([run.options.direction] as const);
  const seconds = run.options.seconds + run.options.omitSeconds;
  const elapsedS = (latest?.toMs ?? 0) / 1000;
  const arrow = phase === 'download' ? '↓' : '↑';
  return (
    <div className="grid gap-3 desk:grid-cols-[minmax(0,40fr)_minmax(0,60fr)]">
      <Panel
        title={run.status === 'queued' ? say.speed.queued : say.speed.running}
        note={
          run.startedAt
            ? say.speed.started(durationWords(Math.max(0, Math.floor((now - Date.parse(run.startedAt)) / 1000) * 1000)))
            : undefined
        }
        actions={
          <button type="button" className="btn" disabled={stop.isPending} onClick={halt}>
            {stop.isPending ? say.speed.stopping : say.speed.stop}
            <span className="kbd">esc</span>
          </button>
        }
      >
        <div className={phase === 'download' ? 'text-down' : 'text-up'}>
          {arrow} {say.speed.payload(say.phase[phase])}
        </div>
        <div className="num py-2 text-[4.75rem] leading-[4.875rem] font-[480] tracking-[-.025em]" style={{ fontStretch: '80%' }}>
          {figure}
          <span className="ms-1 text-[1.25rem] tracking-normal text-text-3" style={{ fontStretch: '100%' }}>
            {unit}
          </span>
        </div>
        <Ruler
          bitsPerSecond={latest?.bitsPerSecond}
          usual={phase === 'download' ? usual.down : usual.up}
          direction={phase === 'download' ? 'down' : 'up'}
          label={`${say.phase[phase]} ${text({ figure, unit })}`}
        />
        <div className="mt-2 grid auto-cols-fr grid-flow-col gap-1" aria-hidden="true">
          {phases.map((one, i) => {
            const done = phases.indexOf(phase) > i;
            const share = done ? 1 : one === phase ? Math.min(1, elapsedS / seconds) : 0;
            return (
              <div key={one}>
                <div className="h-[3px] bg-line-2">
                  <div className={`h-full ${done ? 'bg-text-3' : 'bg-brass'}`} style={{ width: `${share * 100}%` }} />
                </div>
                <div className={`num mt-1.5 text-[0.75rem] ${share > 0 ? 'text-text' : 'text-text-3'}`}>
                  {done && '✓ '}
                  {say.phase[one]} · {say.speed.ofSeconds((share * seconds).toFixed(share > 0 && share < 1 ? 1 : 0), seconds)}
                </div>
              </div>
            );
          })}
        </div>
        <p className="sr-only" aria-live="polite">
          {run.status === 'running' && say.speed.phaseAnnounce(say.phase[phase])}
        </p>
        <RunFacts run={run} moved={moved} />
      </Panel>
      <Panel title={say.speed.throughput} note={say.speed.throughputNote}>
        <IntervalChart
          intervals={intervals}
          direction={run.options.direction}
          secondsPerPhase={seconds}
          nowS={(phase === 'upload' && run.options.direction === 'both' ? seconds : 0) + elapsedS}
          label={`${say.speed.throughput}: ${say.phase[phase]} ${text({ figure, unit })}`}
          height={330}
        />
      </Panel>
    </div>
  );
}

function RunFacts({ run, moved }: { run: Run; moved: number }) {
  const rows: [string, string][] = [
    [say.speed.server, `${run.server.name} · ${run.server.host}:${run.server.port}`],
    [say.speed.options, `${run.provider}, ${say.speed.optionsLine(run.options.streams, run.options.seconds)}`],
    [say.speed.moved, text(bytes(moved))],
  ];
  return (
    <dl className="num mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-text-3">{name}</dt>
          <dd className="truncate text-end">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function merge(kept: readonly RunInterval[], live: Progress['intervals']): RunInterval[] {
  const seen = new Set(live.map((one) => `${one.phase}${one.fromMs}`));
  return [...kept.filter((one) => !seen.has(`${one.phase}${one.fromMs}`)), ...live];
}
const lastOf = (intervals: readonly RunInterval[]): RunInterval | undefined => intervals.at(-1);
