import type { Monitor } from '../../api/types';
import type { ProbeTail } from '../../charts/columns';
import { parseDurationMs } from '../../units/duration';

/** Since when a monitor that should be measuring has been silent: three intervals, at least 10 s; undefined while it is not. */
export function staleSince(monitor: Monitor, lastSampleAt: number | undefined, now: number): number | undefined {
  if (!monitor.enabled || monitor.state.status !== 'measuring' || lastSampleAt === undefined) return undefined;
  const every = parseDurationMs(monitor.every);
  if (every === undefined) return undefined;
  const patience = Math.max(10_000, 3 * every) + monitor.deadlineMs;
  return now - lastSampleAt > patience ? lastSampleAt : undefined;
}

export const lastAt = (tail: ProbeTail): number | undefined => tail.atMs.at(-1);
