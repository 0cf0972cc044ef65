/** The server's answers. Times are RFC 3339 in UTC; a member that was not measured is absent or null, never 0. */
export type MonitorStatus = 'waiting' | 'measuring' | 'paused' | 'noPermission' | 'nameNotResolved' | 'failed';
export type AddressFamily = 'any' | 'ipv4' | 'ipv6';

export interface MonitorDefinition {
  name?: string;
  target: string;
  every?: string;
  zone?: string;
  packets?: number;
  spacingMs?: number;
  deadlineMs?: number;
  sizeBytes?: number;
  dscp?: number;
  family?: AddressFamily;
  source?: string;
  enabled?: boolean;
}

export interface MonitorState {
  status: MonitorStatus;
  reason?: string;
  since: string;
  address?: string;
  clock?: 'kernel' | 'user';
  nextRunAt?: string;
}

export interface Monitor extends Required<Omit<MonitorDefinition, 'zone' | 'source'>> {
  id: number;
  kind: 'icmp';
  zone?: string;
  source?: string;
  createdAt: string;
  updatedAt: string;
  state: MonitorState;
  last24h?: { sent: number; lost: number; lossRatio?: number | null; p50Ms?: number | null; p95Ms?: number | null };
}

export type GapReason = 'notMeasured' | 'paused' | 'serverRestarted';
export interface Gap {
  from: string;
  to: string;
  reason: GapReason;
}

type Column = (number | null)[];

export interface RttColumns {
  from: string;
  to: string;
  stepMs: number;
  resolution: 'probes' | 'raw' | '1m' | '1h' | '1d';
  t: number[];
  minUs: Column;
  p10Us: Column;
  p25Us: Column;
  p50Us: Column;
  p75Us: Column;
  p90Us: Column;
  p95Us: Column;
  p99Us: Column;
  maxUs: Column;
  sent: number[];
  lost: number[];
  gaps: Gap[];
  summary: RttSummary;
}

export interface RttSummary {
  sent: number;
  lost: number;
  lossRatio?: number | null;
  lossReasons?: Record<string, number>;
  rttMs?: { min: number; p50: number; p95: number; p99: number; max: number; mean: number; stddev: number } | null;
  jitterMs?: number | null;
  measuredRatio?: number | null;
}

export interface Beats {
  from: string;
  to: string;
  stepMs: number;
  items: BeatRow[];
}
export interface BeatRow {
  id: number;
  p50Us: Column;
  p95Us: Column;
  sent: number[];
  lost: number[];
  p50Ms?: number | null;
  p95Ms?: number | null;
  totalSent: number;
  totalLost: number;
}

export interface TryAnswer {
  address?: string;
  clock?: 'kernel' | 'user';
  sent: number;
  received: number;
  results: { rttUs?: number | null; loss?: string | null }[];
  error?: string;
}

export interface IperfServer {
  id: number;
  name: string;
  host: string;
  port: number;
  createdAt: string;
  updatedAt: string;
}

export type RunStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'aborted';
export type Direction = 'download' | 'upload' | 'both';
export type Phase = 'download' | 'upload';

export interface RunRate {
  bitsPerSecond: number;
  bytesSent?: number;
  bytesReceived?: number;
  seconds: number;
  retransmits?: number;
}
export interface RunInterval {
  phase: Phase;
  fromMs: number;
  toMs: number;
  bitsPerSecond: number;
  omitted: boolean;
}
export interface Run {
  id: number;
  provider: string;
  server: { id?: number; name: string; host: string; port: number };
  options: { direction: Direction; seconds: number; streams: number; omitSeconds: number };
  status: RunStatus;
  phase?: Phase;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  download?: RunRate;
  upload?: RunRate;
  error?: { reason: string; message: string };
  intervals?: RunInterval[];
}

export interface ServerFacts {
  version: string;
  startedAt: string;
  now: string;
  zone: string;
  baseUrl: string;
  monitors: { total: number; measuring: number; paused: number; failing: number };
  database: { kind: 'sqlite' | 'postgres'; status: 'ready' | 'away'; reason?: string; since?: string; sizeBytes?: number };
  series: { pendingSamples: number; droppedSamples: number; lastCommitAt?: string; sizeBytes?: number };
  icmp: { status: 'ready' | 'noPermission' | 'unsupported'; reason?: string; mode?: 'raw' | 'datagram'; clock?: string };
}

export interface Session {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  address?: string;
  userAgent?: string;
  current: boolean;
}
export interface User {
  id: number;
  username: string;
}

export interface ProbesEvent {
  monitor: number;
  t: number[];
  rttUs: (number | null)[];
  loss: (string | null)[];
}
export interface ProgressEvent {
  id: number;
  status: RunStatus;
  phase: Phase;
  fromMs: number;
  toMs: number;
  bitsPerSecond: number;
  omitted: boolean;
  fraction: number;
}
