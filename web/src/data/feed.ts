import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { basePath } from '../api/http';
import type { Monitor, ProbesEvent, ProgressEvent, Run, RunInterval, ServerFacts } from '../api/types';
import type { ProbeTail } from '../charts/columns';
import { type LiveMessage, type LiveSnapshot, LiveStream } from './live';
import { monitorQuery, monitorsQuery, queryClient, runQuery, runsQuery, serverQuery } from './queries';
import { withRun } from './runs';

const signedOut = new Set<() => void>();
export const onLiveSignedOut = (listener: () => void): (() => void) => {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
};

export const live = new LiveStream({
  url: (topics, lastEventId) => {
    const query = `topics=${topics.map(encodeURIComponent).join(',')}`;
    return `${basePath}api/live?${query}${lastEventId === undefined ? '' : `&lastEventId=${encodeURIComponent(lastEventId)}`}`;
  },
  onSignedOut: () => {
    for (const listener of signedOut) listener();
  },
});

const KEPT_PROBES = 8192;
const tails = new Map<number, ProbeTail & { version: number }>();
const progress = new Map<number, Progress>();
const watchers = new Set<() => void>();
let frame = 0;

export interface Progress {
  latest: ProgressEvent;
  intervals: RunInterval[];
}

// Figures change at most twice a second, whatever the rate of probes.
function announce(): void {
  if (frame !== 0) return;
  frame = window.setTimeout(() => {
    frame = 0;
    for (const watcher of watchers) watcher();
  }, 400);
}

const isProbes = (data: unknown): data is ProbesEvent =>
  typeof data === 'object' && data !== null && 'rttUs' in data && 'monitor' in data;
const isRun = (data: unknown): data is Run =>
  typeof data === 'object' && data !== null && 'provider' in data && 'options' in data;
const identity = (data: unknown): number | undefined =>
  typeof data === 'object' && data !== null && 'id' in data && typeof data.id === 'number' ? data.id : undefined;

function receive({ event, data }: LiveMessage): void {
  if (event === 'probes' && isProbes(data)) keepProbes(data);
  else if (event === 'progress') keepProgress(data as ProgressEvent);
  else if (event === 'status')
    queryClient.setQueryData(serverQuery.queryKey, (old) => (old ? { ...old, ...(data as Partial<ServerFacts>) } : old));
  else if (event === 'reset') void queryClient.invalidateQueries();
  else if (event === 'run' && isRun(data)) keepRun(data);
  else if (event === 'state') keepState(data as { id: number; state: Monitor['state'] });
  else if (event === 'changed' || event === 'removed') refreshMonitor(identity(data));
}

function keepProbes({ monitor, t, rttUs }: ProbesEvent): void {
  const tail = tails.get(monitor) ?? { atMs: [], rttUs: [], version: 0 };
  const newest = tail.atMs.at(-1) ?? Number.NEGATIVE_INFINITY;
  for (let i = 0; i < t.length; i++) {
    const at = t[i] ?? 0;
    if (at <= newest && tail.atMs.includes(at)) continue;
    // Replies of one cycle may arrive in another order than they were sent.
    let place = tail.atMs.length;
    while (place > 0 && (tail.atMs[place - 1] ?? 0) > at) place -= 1;
    tail.atMs.splice(place, 0, at);
    tail.rttUs.splice(place, 0, rttUs[i] ?? null);
  }
  const surplus = tail.atMs.length - KEPT_PROBES;
  if (surplus > 0) {
    tail.atMs.splice(0, surplus);
    tail.rttUs.splice(0, surplus);
  }
  tails.set(monitor, { ...tail, version: tail.version + 1 });
  announce();
}

function keepProgress(latest: ProgressEvent): void {
  const intervals = progress.get(latest.id)?.intervals ?? [];
  const { phase, fromMs, toMs, bitsPerSecond, omitted } = latest;
  const known = intervals.some((one) => one.phase === phase && one.fromMs === fromMs);
  const longer = known || !(toMs > fromMs) ? intervals : [...intervals, { phase, fromMs, toMs, bitsPerSecond, omitted }];
  progress.set(latest.id, { latest, intervals: longer });
  announce();
}

function keepRun(run: Run): void {
  queryClient.setQueryData(runsQuery.queryKey, (old) => old && { ...old, items: withRun(old.items, run) });
  if (run.status !== 'queued' && run.status !== 'running')
    void queryClient.invalidateQueries({ queryKey: runQuery(run.id).queryKey });
}

function keepState({ id, state }: { id: number; state: Monitor['state'] }): void {
  queryClient.setQueryData(monitorsQuery.queryKey, (old) => old?.map((one) => (one.id === id ? { ...one, state } : one)));
  queryClient.setQueryData(monitorQuery(id).queryKey, (old) => (old ? { ...old, state } : old));
}

function refreshMonitor(id: number | undefined): void {
  void queryClient.invalidateQueries({ queryKey: monitorsQuery.queryKey });
  if (id !== undefined) void queryClient.invalidateQueries({ queryKey: monitorQuery(id).queryKey });
}

/** Handles the stream's events while the shell is mounted; panels only add topics. */
export function useFeed(): void {
  useEffect(() => {
    const drop = live.subscribe('server', receive);
    const follow = () => live.suspend(document.visibilityState === 'hidden');
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      drop();
    };
  }, []);
}

const ignore = () => {};
/** Keeps `topics` (comma-separated) on the stream while the component is mounted. */
export function useTopics(topics: string): void {
  useEffect(() => {
    const drops = topics
      .split(',')
      .filter((topic) => topic !== '')
      .map((topic) => live.subscribe(topic, ignore));
    return () => {
      for (const drop of drops) drop();
    };
  }, [topics]);
}

const watchFeed = (watcher: () => void): (() => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};
const NO_PROBES: ProbeTail & { version: number } = { atMs: [], rttUs: [], version: 0 };

/** The live probes of a monitor, renewed at most twice a second. */
export function useProbeTail(monitor: number): ProbeTail {
  const read = useCallback(() => tails.get(monitor) ?? NO_PROBES, [monitor]);
  return useSyncExternalStore(watchFeed, read);
}

export function useProgress(run: number | undefined): Progress | undefined {
  const read = useCallback(() => (run === undefined ? undefined : progress.get(run)), [run]);
  return useSyncExternalStore(watchFeed, read);
}

/** How many probes have arrived that are newer than `at`: what a paused chart does not show. */
export function useNewSince(at: number): number {
  const read = useCallback(() => {
    let newer = 0;
    for (const tail of tails.values()) for (let i = tail.atMs.length - 1; i >= 0 && (tail.atMs[i] ?? 0) > at; i--) newer += 1;
    return newer;
  }, [at]);
  return useSyncExternalStore(watchFeed, read);
}

export const useLive = (): LiveSnapshot => useSyncExternalStore(live.watch, () => live.snapshot);
