import { useLayoutEffect, useSyncExternalStore } from 'react';
import { say } from '../messages/en';

export interface PageTitle {
  title: string;
  parent?: { title: string; to: '/monitors' | '/speed' };
}

let shown: PageTitle = { title: '' };
const watchers = new Set<() => void>();

/** Names the page in the tab (“Far end A – Monitors – Netronome”) and in the top bar. */
export function useTitle(title: string, parent?: PageTitle['parent']): void {
  const parentTitle = parent?.title;
  const parentTo = parent?.to;
  useLayoutEffect(() => {
    shown = { title, ...(parentTitle && parentTo ? { parent: { title: parentTitle, to: parentTo } } : {}) };
    document.title = [title, parentTitle, say.product].filter(Boolean).join(' – ');
    for (const watcher of watchers) watcher();
  }, [title, parentTitle, parentTo]);
}

export const useShownTitle = (): PageTitle =>
  useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => shown,
  );
