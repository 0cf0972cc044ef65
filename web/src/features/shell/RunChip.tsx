import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useProgress } from '../../data/feed';
import { runsQuery } from '../../data/queries';
import { say } from '../../messages/en';
import { rate, text } from '../../units/quantity';

/** Leads back to a test that is running, from wherever the person went. */
export function RunChip() {
  const { data } = useQuery(runsQuery);
  const run = data?.items.find((one) => one.status === 'running') ?? data?.items.find((one) => one.status === 'queued');
  const progress = useProgress(run?.id);
  if (!run) return null;
  const phase = progress?.latest.phase ?? run.phase;
  const arrow = phase === 'upload' ? '↑' : '↓';
  return (
    <Link to="/speed" className="btn num border-brass!">
      <span className="inline-block size-2 rounded-full bg-brass" aria-hidden="true" />
      {run.status === 'queued' || !progress
        ? say.runStatus[run.status]
        : say.shell.runChip(arrow, text(rate(progress.latest.bitsPerSecond)))}
    </Link>
  );
}
