import type { Run } from '../api/types';

/** Where a run is in its life: it never goes back. */
const stage = (run: Run) => (run.status === 'queued' ? 0 : run.status === 'running' ? 1 : 2);

/**
 * The list with what was just heard of one run, newest first. The answer to a request and the live stream overtake each other:
 * a run that failed at once is told as failed before the answer that says it is queued arrives.
 */
export function withRun(runs: readonly Run[], heard: Run): Run[] {
  const known = runs.find((one) => one.id === heard.id);
  const kept = known && stage(known) > stage(heard) ? known : heard;
  return [kept, ...runs.filter((one) => one.id !== heard.id)].sort((a, b) => b.id - a.id);
}
