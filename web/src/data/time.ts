import { useSyncExternalStore } from 'react';

/** How far the server's clock is ahead of this browser's; 0 while the difference is within what a request costs. */
let aheadMs = 0;

/** Learns the difference of the clocks from a server time and the instants around the request that brought it. */
export function learnServerTime(serverNow: string, askedAt: number, answeredAt: number): void {
  const difference = Date.parse(serverNow) - (askedAt + answeredAt) / 2;
  if (Number.isFinite(difference)) aheadMs = Math.abs(difference) > 1500 ? difference : 0;
}

/** Now by the server's clock: all samples carry its time. */
export const serverNow = (): number => Date.now() + aheadMs;

const watchers = new Map<number, Set<() => void>>();
const timers = new Map<number, ReturnType<typeof setInterval>>();

function watch(everyMs: number, watcher: () => void): () => void {
  const set = watchers.get(everyMs) ?? new Set();
  watchers.set(everyMs, set);
  set.add(watcher);
  if (!timers.has(everyMs)) {
    timers.set(
      everyMs,
      setInterval(() => {
        if (document.visibilityState === 'visible') for (const one of set) one();
      }, everyMs),
    );
  }
  return () => {
    set.delete(watcher);
    if (set.size > 0) return;
    clearInterval(timers.get(everyMs));
    timers.delete(everyMs);
  };
}

/** The server's time, renewed every `everyMs`; all users of one period share one timer. */
export function useNow(everyMs: number): number {
  return useSyncExternalStore(
    (watcher) => watch(everyMs, watcher),
    () => Math.floor(serverNow() / everyMs) * everyMs,
  );
}
