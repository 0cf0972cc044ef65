import type { Direction, Run } from '../../api/types';

/** What a test would move, judged by the last result; undefined when there is none in the wanted direction. */
export function estimateBytes(direction: Direction, seconds: number, last: Run | undefined): number | undefined {
  const down = direction === 'upload' ? 0 : last?.download?.bitsPerSecond;
  const up = direction === 'download' ? 0 : last?.upload?.bitsPerSecond;
  return down === undefined || up === undefined ? undefined : ((down + up) / 8) * seconds;
}

export const active = (run: Run): boolean => run.status === 'queued' || run.status === 'running';
export const figure = (bitsPerSecond: number | undefined): number | undefined =>
  bitsPerSecond === undefined ? undefined : bitsPerSecond / 1e6;
