import { useMutation } from '@tanstack/react-query';
import { ask } from '../api/http';
import type { Direction, IperfServer, Monitor, MonitorDefinition, Run, TryAnswer, User } from '../api/types';
import {
  iperfServersQuery,
  monitorQuery,
  monitorsQuery,
  queryClient,
  runQuery,
  runsQuery,
  sessionsQuery,
  userQuery,
} from './queries';
import { withRun } from './runs';

export interface Credentials {
  username: string;
  password: string;
}

const signedIn = ({ user }: { user: User }) => queryClient.setQueryData(userQuery.queryKey, user);

export const useLogin = () =>
  useMutation({
    mutationFn: (body: Credentials) => ask<{ user: User }>('auth/login', { method: 'POST', body, mayBeSignedOut: true }),
    onSuccess: signedIn,
  });
export const useRegister = () =>
  useMutation({
    mutationFn: (body: Credentials) => ask<{ user: User }>('auth/register', { method: 'POST', body, mayBeSignedOut: true }),
    onSuccess: signedIn,
  });
export const useLogout = () =>
  useMutation({ mutationFn: () => ask<unknown>('auth/logout', { method: 'POST', mayBeSignedOut: true }) });
export const usePasswordChange = () =>
  useMutation({
    mutationFn: (body: { current: string; next: string }) =>
      ask<void>('auth/password', { method: 'POST', body, mayBeSignedOut: true }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
export const useSessionEnd = () =>
  useMutation({
    mutationFn: (id: string) => ask<void>(`auth/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });

function keepMonitor(monitor: Monitor): void {
  queryClient.setQueryData(monitorQuery(monitor.id).queryKey, monitor);
  queryClient.setQueryData(monitorsQuery.queryKey, (old) => old?.map((one) => (one.id === monitor.id ? monitor : one)));
  void queryClient.invalidateQueries({ queryKey: monitorsQuery.queryKey });
}

export const useMonitorSave = (id: number | undefined) =>
  useMutation({
    mutationFn: (body: MonitorDefinition) =>
      ask<Monitor>(id === undefined ? 'monitors' : `monitors/${id}`, { method: id === undefined ? 'POST' : 'PUT', body }),
    onSuccess: keepMonitor,
  });
export const useMonitorTry = () =>
  useMutation({ mutationFn: (body: MonitorDefinition) => ask<TryAnswer>('monitors/try', { method: 'POST', body }) });
export const useMonitorSwitch = () =>
  useMutation({
    mutationFn: ({ id, on }: { id: number; on: boolean }) =>
      ask<Monitor>(`monitors/${id}/${on ? 'resume' : 'pause'}`, { method: 'POST' }),
    onSuccess: keepMonitor,
  });
export const useMonitorDelete = () =>
  useMutation({
    mutationFn: (id: number) => ask<void>(`monitors/${id}`, { method: 'DELETE' }),
    onSuccess: (_nothing, id) => {
      queryClient.setQueryData(monitorsQuery.queryKey, (old) => old?.filter((one) => one.id !== id));
      void queryClient.invalidateQueries({ queryKey: monitorsQuery.queryKey });
    },
  });

export interface RunRequest {
  serverId: number;
  direction: Direction;
  seconds: number;
  streams: number;
}
const keepRun = (run: Run) => {
  queryClient.setQueryData(runsQuery.queryKey, (old) => (old ? { ...old, items: withRun(old.items, run) } : { items: [run] }));
};
export const useRunStart = () =>
  useMutation({ mutationFn: (body: RunRequest) => ask<Run>('speed-tests', { method: 'POST', body }), onSuccess: keepRun });
export const useRunStop = () =>
  useMutation({ mutationFn: (id: number) => ask<Run>(`speed-tests/${id}/cancel`, { method: 'POST' }), onSuccess: keepRun });
export const useRunDelete = () =>
  useMutation({
    mutationFn: (id: number) => ask<void>(`speed-tests/${id}`, { method: 'DELETE' }),
    onSuccess: (_nothing, id) => {
      queryClient.removeQueries({ queryKey: runQuery(id).queryKey });
      return queryClient.invalidateQueries({ queryKey: runsQuery.queryKey });
    },
  });

export type ServerDefinition = Pick<IperfServer, 'name' | 'host' | 'port'>;
const refreshServers = () => queryClient.invalidateQueries({ queryKey: iperfServersQuery.queryKey });
export const useServerSave = (id: number | undefined) =>
  useMutation({
    mutationFn: (body: ServerDefinition) =>
      ask<unknown>(id === undefined ? 'iperf/servers' : `iperf/servers/${id}`, {
        method: id === undefined ? 'POST' : 'PUT',
        body,
      }),
    onSuccess: refreshServers,
  });
export const useServerDelete = () =>
  useMutation({
    mutationFn: (id: number) => ask<unknown>(`iperf/servers/${id}`, { method: 'DELETE' }),
    onSuccess: refreshServers,
  });
