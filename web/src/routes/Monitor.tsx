import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '../api/http';
import type { Monitor } from '../api/types';
import { useProbeTail, useTopics } from '../data/feed';
import { monitorQuery } from '../data/queries';
import { useNow } from '../data/time';
import { RttPanel } from '../features/monitors/RttPanel';
import { StateTag } from '../features/monitors/StateTag';
import { lastAt, staleSince } from '../features/monitors/stale';
import { useMonitorActions } from '../features/monitors/useMonitorActions';
import { say } from '../messages/en';
import { Confirm } from '../parts/Confirm';
import { useKeys } from '../parts/keys';
import { Failure, Skeleton } from '../parts/States';
import { useTitle } from '../parts/title';
import { durationWords, parseDurationMs } from '../units/duration';
import { NotFound } from './Fallbacks';

export function MonitorPage() {
  const id = Number(useParams({ from: '/shell/monitors/$id' }).id);
  const query = useQuery(monitorQuery(id));
  if (query.error instanceof Problem && query.error.status === 404) return <NotFound />;
  if (query.data) return <Detail key={id} monitor={query.data} />;
  return query.error ? (
    <Failure what={say.monitors.title} error={query.error} onRetry={() => void query.refetch()} />
  ) : (
    <Skeleton height={480} />
  );
}

function Detail({ monitor }: { monitor: Monitor }) {
  useTitle(monitor.name, { title: say.monitors.title, to: '/monitors' });
  useTopics(`monitor/${monitor.id}`);
  const navigate = useNavigate();
  const now = useNow(1000);
  const tail = useProbeTail(monitor.id);
  const staleAt = staleSince(monitor, lastAt(tail), now);
  const { turn, remove, busy } = useMonitorActions(monitor);
  const [deleting, setDeleting] = useState(false);
  useKeys({ e: () => void navigate({ to: '/monitors/$id/edit', params: { id: String(monitor.id) } }) });
  const exact = monitor.every.startsWith('exact:');
  const cadence = exact
    ? say.monitors.exact(monitor.packets, monitor.every.slice(6))
    : say.monitors.cadence(monitor.packets, durationWords(parseDurationMs(monitor.every) ?? 0));
  const facts = [
    cadence,
    monitor.dscp > 0 ? `DSCP ${monitor.dscp}` : '',
    monitor.source ? monitor.source : say.monitors.fromHere,
    monitor.state.clock ? say.monitors.clock[monitor.state.clock] : '',
  ];
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
        <h1 className="min-w-0 break-words">{monitor.name}</h1>
        <StateTag monitor={monitor} now={now} staleAt={staleAt} />
        <span className="tag uppercase">{monitor.kind}</span>
        <span className="mono min-w-0 break-all text-text-2">
          {monitor.target}
          {monitor.state.address && monitor.state.address !== monitor.target && ` (${monitor.state.address})`}
        </span>
        <span className="text-text-2 max-tablet:w-full">{facts.filter(Boolean).join(' · ')}</span>
        <span className="flex-1" />
        <span className="flex flex-wrap gap-2">
          <button type="button" className="btn" disabled={busy} onClick={() => turn(!monitor.enabled)}>
            {monitor.enabled ? say.monitors.pause : say.monitors.resume}
          </button>
          <Link to="/monitors/$id/edit" params={{ id: String(monitor.id) }} className="btn">
            {say.monitors.edit}
            <span className="kbd">e</span>
          </Link>
          <button type="button" className="btn quiet" onClick={() => setDeleting(true)}>
            {say.monitors.delete}
          </button>
        </span>
      </div>
      {monitor.state.reason && monitor.state.status !== 'paused' && (
        <div className={`banner ${monitor.state.status === 'measuring' ? '' : 'crit'}`} role="status">
          {monitor.state.status !== 'measuring' && <span className="crit">✕ </span>}
          {monitor.state.reason}
        </div>
      )}
      <RttPanel monitor={monitor} stale={staleAt !== undefined} />
      {deleting && (
        <Confirm
          title={say.monitors.deleteTitle(monitor.name)}
          line={say.monitors.deleteLine(monitor.last24h && monitor.last24h.sent > 0 ? say.probes(monitor.last24h.sent) : '')}
          action={say.monitors.delete}
          busy={busy}
          onConfirm={remove}
          onClose={() => setDeleting(false)}
        >
          {monitor.enabled && (
            <button
              type="button"
              className="btn"
              onClick={() => {
                turn(false);
                setDeleting(false);
              }}
            >
              {say.monitors.pauseInstead}
            </button>
          )}
        </Confirm>
      )}
    </>
  );
}
