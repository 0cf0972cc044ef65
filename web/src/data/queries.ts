import { QueryClient, queryOptions } from '@tanstack/react-query';
import { ask, Problem } from '../api/http';
import type { Beats, IperfServer, Monitor, RttColumns, Run, ServerFacts, Session, User } from '../api/types';
import { isLive, resolveRange, type WrittenRange } from '../units/range';
import { learnServerTime, serverNow } from './time';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // An answer with a status is an answer: asking again at once would not change it. 503 is the database being away.
      retry: (failures, error) => failures < 2 && !(error instanceof Problem && error.status !== 503),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

export const authStatusQuery = queryOptions({
  queryKey: ['auth', 'status'],
  queryFn: ({ signal }) => ask<{ hasUsers: boolean }>('auth/status', { signal, mayBeSignedOut: true }),
  staleTime: 0,
});

export const userQuery = queryOptions({
  queryKey: ['auth', 'user'],
  queryFn: ({ signal }) => ask<{ user: User }>('auth/user', { signal, mayBeSignedOut: true }).then(({ user }) => user),
  staleTime: 300_000,
});

export const sessionsQuery = queryOptions({
  queryKey: ['auth', 'sessions'],
  queryFn: ({ signal }) => ask<{ items: Session[] }>('auth/sessions', { signal }).then(({ items }) => items),
});

export const serverQuery = queryOptions({
  queryKey: ['server'],
  queryFn: async ({ signal }) => {
    const askedAt = Date.now();
    const facts = await ask<ServerFacts>('server', { signal });
    learnServerTime(facts.now, askedAt, Date.now());
    return facts;
  },
  refetchInterval: 30_000,
});

export const monitorsQuery = queryOptions({
  queryKey: ['monitors'],
  queryFn: ({ signal }) => ask<{ items: Monitor[] }>('monitors', { signal }).then(({ items }) => items),
  refetchInterval: 60_000,
});

export const monitorQuery = (id: number) =>
  queryOptions({ queryKey: ['monitor', id], queryFn: ({ signal }) => ask<Monitor>(`monitors/${id}`, { signal }) });

function within(range: WrittenRange): string {
  const resolved = resolveRange(range, serverNow()) ?? { from: serverNow() - 86_400_000, to: serverNow() };
  return `from=${new Date(resolved.from).toISOString()}&to=${new Date(resolved.to).toISOString()}`;
}

/** While the right edge is now, old columns are asked for again once one more is complete, at most every 5 s. */
const refreshMs = (range: WrittenRange, stepMs: number | undefined, sent: number): number | false =>
  // A young series changes its figures with every probe, however wide its columns are.
  isLive(range) ? (sent < YOUNG_PROBES ? 5_000 : Math.min(60_000, Math.max(5_000, stepMs ?? 15_000))) : false;
const YOUNG_PROBES = 500;

export const rttQuery = (id: number, range: WrittenRange, columns: number) =>
  queryOptions({
    queryKey: ['rtt', id, range.from, range.to, columns],
    queryFn: ({ signal }) => ask<RttColumns>(`monitors/${id}/rtt?${within(range)}&columns=${columns}`, { signal }),
    refetchInterval: (query) => refreshMs(range, query.state.data?.stepMs, query.state.data?.summary.sent ?? 0),
    placeholderData: (previous, query) => (query?.queryKey[1] === id ? previous : undefined),
  });

export const beatsQuery = (range: WrittenRange, slots: number) =>
  queryOptions({
    queryKey: ['beats', range.from, range.to, slots],
    queryFn: ({ signal }) => ask<Beats>(`monitors/beats?${within(range)}&slots=${slots}`, { signal }),
    refetchInterval: (query) => {
      const most = Math.max(0, ...(query.state.data?.items.map((row) => row.totalSent) ?? []));
      return isLive(range) ? Math.min(30_000, refreshMs(range, query.state.data?.stepMs, most) || 30_000) : false;
    },
    placeholderData: (previous) => previous,
  });

export const runsQuery = queryOptions({
  queryKey: ['runs'],
  queryFn: ({ signal }) => ask<{ items: Run[]; nextCursor?: string }>('speed-tests?limit=200', { signal }),
});

export const runQuery = (id: number) =>
  queryOptions({ queryKey: ['run', id], queryFn: ({ signal }) => ask<Run>(`speed-tests/${id}`, { signal }) });

export const iperfServersQuery = queryOptions({
  queryKey: ['iperf-servers'],
  queryFn: ({ signal }) => ask<IperfServer[]>('iperf/servers', { signal }),
});
