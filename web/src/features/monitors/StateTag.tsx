import type { Monitor } from '../../api/types';
import { say } from '../../messages/en';
import { durationWords } from '../../units/duration';
import { clockSeconds, exactly } from '../../units/when';

interface StateTagProps {
  monitor: Monitor;
  now: number;
  staleAt?: number | undefined;
}

/** The state as shape and word; trouble has a colour as well. */
export function StateTag({ monitor, now, staleAt }: StateTagProps) {
  const { status, since, reason } = monitor.state;
  if (staleAt !== undefined) {
    return (
      <span className="tag warn" title={exactly(staleAt)}>
        ◷ {say.states.stale(clockSeconds(staleAt))}
      </span>
    );
  }
  const sinceAt = Date.parse(since);
  const forMs = now - sinceAt;
  const unitMs = forMs < 60_000 ? 1000 : 60_000;
  const words = forMs >= 1000 ? ` ${durationWords(Math.floor(forMs / unitMs) * unitMs)}` : '';
  const bad = status === 'noPermission' || status === 'nameNotResolved' || status === 'failed';
  return (
    <span
      className={`tag ${bad ? 'crit' : ''}`}
      title={[reason, Number.isFinite(sinceAt) ? exactly(sinceAt) : ''].filter(Boolean).join(' · ')}
    >
      {bad ? '✕ ' : status === 'paused' ? '‖ ' : ''}
      {say.monitorStatus[status]}
      {status !== 'waiting' && words}
    </span>
  );
}
