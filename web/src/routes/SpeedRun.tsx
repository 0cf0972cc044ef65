import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '../api/http';
import type { Run, RunRate } from '../api/types';
import { IntervalChart } from '../charts/IntervalChart';
import { useRunDelete } from '../data/actions';
import { runQuery, runsQuery } from '../data/queries';
import { useNow } from '../data/time';
import { active } from '../features/speed/estimate';
import { RunningPanel } from '../features/speed/RunningPanel';
import { say } from '../messages/en';
import { Confirm } from '../parts/Confirm';
import { Panel } from '../parts/Panel';
import { Stat } from '../parts/Stat';
import { Loaded } from '../parts/States';
import { useTitle } from '../parts/title';
import { complain } from '../parts/toasts';
import { bytes, count, msFigure, rate, text } from '../units/quantity';
import { exactly, moment } from '../units/when';
import { NotFound } from './Fallbacks';

const NONE = { down: [], up: [] };

export function SpeedRun() {
  const id = Number(useParams({ from: '/shell/speed/runs/$id' }).id);
  useTitle(say.speed.runTitle(id), { title: say.speed.title, to: '/speed' });
  const query = useQuery(runQuery(id));
  const { data: runs } = useQuery(runsQuery);
  if (query.error instanceof Problem && query.error.status === 404) return <NotFound />;
  const listed = runs?.items.find((run) => run.id === id);
  return (
    <Loaded query={query} what={say.speed.runTitle(id)} height={480}>
      {(run) => (listed && active(listed) ? <RunningPanel run={listed} usual={NONE} /> : <Result run={run} />)}
    </Loaded>
  );
}

function Result({ run }: { run: Run }) {
  const now = useNow(60_000);
  const navigate = useNavigate();
  const remove = useRunDelete();
  const [deleting, setDeleting] = useState(false);
  const seconds = run.options.seconds + run.options.omitSeconds;
  const at = Date.parse(run.startedAt ?? run.createdAt);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2.5">
        <h1>
          {run.server.name}, <span title={exactly(at)}>{moment(at, now)}</span>
        </h1>
        <span className={`tag ${run.status === 'failed' ? 'crit' : ''}`}>
          {run.status === 'failed' && '✕ '}
          {say.runStatus[run.status]}
        </span>
        <span className="tag">{run.provider}</span>
        <span className="mono text-text-2">
          {run.server.host}:{run.server.port}
        </span>
        <span className="text-text-2">{say.speed.optionsLine(run.options.streams, run.options.seconds)}</span>
        <span className="flex-1" />
        <button type="button" className="btn quiet" onClick={() => setDeleting(true)}>
          {say.monitors.delete}
        </button>
      </div>
      {run.error && (
        <div className="banner crit" role="status">
          <span className="crit">✕</span> {say.speed.failed(run.error.message)}{' '}
          <span className="note mono">{run.error.reason}</span>
        </div>
      )}
      {run.status === 'cancelled' && <div className="banner">{say.speed.cancelled}</div>}
      {(run.download || run.upload) && (
        <section className="panel" aria-label={say.speed.result}>
          <div className="body stats">
            <Direction name={`↓ ${say.direction.download}`} result={run.download} />
            <Direction name={`↑ ${say.direction.upload}`} result={run.upload} />
          </div>
        </section>
      )}
      {run.intervals && run.intervals.length > 0 && (
        <>
          <Panel title={say.speed.throughput} note={say.speed.throughputNote}>
            <IntervalChart
              intervals={run.intervals}
              direction={run.options.direction}
              secondsPerPhase={seconds}
              label={`${say.speed.throughput}: ${text(rate(run.download?.bitsPerSecond))} ↓, ${text(rate(run.upload?.bitsPerSecond))} ↑`}
              height={280}
            />
          </Panel>
          <Panel title={say.speed.intervals} note={count(run.intervals.length)}>
            <table className="num rows">
              <thead>
                <tr>
                  <th>{say.speed.direction}</th>
                  <th>{say.speed.interval}</th>
                  <th className="text-end!">Mbit/s</th>
                </tr>
              </thead>
              <tbody>
                {run.intervals.map((one) => (
                  <tr key={`${one.phase}${one.fromMs}`} className={one.omitted ? 'text-text-3' : ''}>
                    <td>{say.phase[one.phase]}</td>
                    <td>
                      {`${(one.fromMs / 1000).toFixed(1)} – ${(one.toMs / 1000).toFixed(1)} s`}
                      {one.omitted && ` · ${say.speed.omitted}`}
                    </td>
                    <td className={`text-end ${one.phase === 'download' ? 'text-down' : 'text-up'}`}>
                      {msFigure(one.bitsPerSecond / 1e6)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Panel>
        </>
      )}
      {deleting && (
        <Confirm
          title={say.speed.deleteRun}
          line={say.speed.deleteRunLine}
          action={say.monitors.delete}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(run.id, { onSuccess: () => void navigate({ to: '/speed' }), onError: complain })}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  );
}

function Direction({ name, result }: { name: string; result: RunRate | undefined }) {
  return (
    <>
      <Stat label={name} value={rate(result?.bitsPerSecond)} line={result ? `${result.seconds.toFixed(1)} s` : say.speed.none} />
      {result && (result.bytesReceived !== undefined || result.bytesSent !== undefined) && (
        <Stat
          label={say.speed.received}
          value={bytes(result.bytesReceived)}
          line={result.bytesSent === undefined ? undefined : `${say.speed.sent} ${text(bytes(result.bytesSent))}`}
        />
      )}
      {result?.retransmits !== undefined && (
        <Stat label={say.speed.retransmits} value={{ figure: count(result.retransmits), unit: '' }} />
      )}
    </>
  );
}
