// Generated from docs/openapi.json by `npm run types`. Not edited by hand.
// Long because it is every type of the API.

/** What the page must know before anybody logs in. */
export interface AuthStatus {
  /** False while the first account can be registered. */
  hasUsers: boolean;
  /** Whether OpenID Connect is configured. */
  oidcConfigured: boolean;
  /** Whether its provider answered. */
  oidcReady: boolean;
}

/** A strip of columns for every monitor. */
export interface BeatBoard {
  /** Begin of the first column. */
  from: string;
  /** End of the range. */
  to: string;
  /** Width of a column. */
  stepMs: number;
  /** One per monitor. */
  items: Beats[];
}

/** One monitor's strip, and the whole range in one. */
export interface Beats {
  id: number;
  p50Us: (null | number)[];
  p95Us: (null | number)[];
  sent: number[];
  lost: number[];
  p50Ms: null | number;
  p95Ms: null | number;
  totalSent: number;
  totalLost: number;
}

/** A name and a password. */
export interface CredentialsRequest {
  username?: null | string;
  password?: null | string;
}

/** The database. */
export interface DatabaseStatus {
  /** `sqlite` or `postgres`. */
  kind: string;
  /** `ready` or `away`. */
  status: string;
  /** Since when its status is so. */
  since: string;
  /** Why it is away. */
  reason?: null | string;
  /** On disk; absent when not known. */
  sizeBytes?: null | number;
}

/** The last 24 hours of a monitor. Probes that never were on the wire don't count. */
export interface DaySummary {
  sent: number;
  lost: number;
  lossRatio: number;
  p50Ms: null | number;
  p95Ms: null | number;
}

/** A time without measurements. */
export interface Gap {
  from: string;
  to: string;
  reason: GapReason;
}

/** Why nothing was measured for a while. */
export type GapReason = "notMeasured" | "paused" | "serverRestarted";

/** That the process turns. */
export interface HealthAnswer {
  status: string;
  stalled?: null | string[];
}

/** One finished test as the contract lists it; rates in Mbit/s, 0 where a direction was not measured. */
export interface HistoryEntry {
  id: number;
  serverName: string;
  serverId: string;
  serverHost: string;
  testType: string;
  downloadSpeed: number;
  uploadSpeed: number;
  isScheduled: boolean;
  createdAt: string;
}

/** A page of finished tests. */
export interface HistoryPage {
  data: HistoryEntry[];
  total: number;
  page: number;
  limit: number;
}

/** Whether ICMP can be sent. */
export interface IcmpStatus {
  /** `ready`, `noPermission`, `unsupported`, or `unknown` before the first probe. */
  status: string;
  /** What to do, when it is not ready. */
  reason?: null | string;
  /** `raw` or `datagram`. */
  mode?: null | string;
  /** Where time stamps come from: `kernel` or `user`. */
  clock?: null | string;
}

/** An iperf3 server somebody saved, as the contract shows it. */
export interface IperfServer {
  id: number;
  name: string;
  host: string;
  port: number;
  createdAt: string;
  updatedAt: string;
}

/** A saved iperf3 server, with the contract's message. */
export interface IperfServerAnswer {
  message: string;
  server: IperfServer;
}

/** An iperf3 server to save. */
export interface IperfServerRequest {
  name?: null | string;
  host?: null | string;
  port?: null | number;
}

/** A login. The token also stands in the cookie; as `Authorization: Bearer` it works without. */
export interface LoginAnswer {
  /** The session token. */
  access_token: string;
  /** Always `Bearer`. */
  token_type: string;
  /** Seconds without use until it ends. */
  expires_in: number;
  /** Whose it is. */
  user: UserView;
}

/** Just words, where the contract answers so. */
export interface MessageAnswer {
  message: string;
}

/** A monitor's number, as told live. */
export interface MonitorChanged {
  id: number;
}

/** How many monitors there are, and how they do. */
export interface MonitorCounts {
  total: number;
  measuring: number;
  paused: number;
  failing: number;
}

/** Which addresses of a name are probed. */
export type MonitorFamily = "any" | "ipv4" | "ipv6";

/** All monitors. */
export interface MonitorList {
  items: MonitorView[];
}

/** A monitor to add or to try; what is absent takes its default. */
export interface MonitorRequest {
  name?: null | string;
  kind?: null | string;
  target?: null | string;
  enabled?: null | boolean;
  every?: null | string;
  zone?: null | string;
  packets?: null | number;
  spacingMs?: null | number;
  deadlineMs?: null | number;
  sizeBytes?: null | number;
  dscp?: null | number;
  family?: null | MonitorFamily;
  source?: null | string;
}

/** How a monitor is doing now. */
export interface MonitorState {
  /** The state. */
  status: MonitorStatus;
  /** Since when it is so. */
  since: string;
  /** Why, for people, when it does not measure. */
  reason?: null | string;
  /** The address that is probed. */
  address?: null | string;
  /** Where time stamps come from: `kernel`, `kernelReceive` or `user`. */
  clock?: null | string;
  /** When the next cycle of a monitor that does not measure continuously begins. */
  nextRunAt?: null | string;
}

/** A monitor's new state, as told live. */
export interface MonitorStateChanged {
  id: number;
  /** How a monitor is doing now. */
  state: {
  /** How a monitor is doing. */
  status: "waiting" | "measuring" | "paused" | "noPermission" | "nameNotResolved" | "failed";
  /** Since when it is so. */
  since: string;
  /** Why, for people, when it does not measure. */
  reason?: null | string;
  /** The address that is probed. */
  address?: null | string;
  /** Where time stamps come from: `kernel`, `kernelReceive` or `user`. */
  clock?: null | string;
  /** When the next cycle of a monitor that does not measure continuously begins. */
  nextRunAt?: null | string;
};
}

/** How a monitor is doing. */
export type MonitorStatus = "waiting" | "measuring" | "paused" | "noPermission" | "nameNotResolved" | "failed";

/** A monitor with its state and how its last day was. */
export interface MonitorView {
  /** Its number. */
  id: number;
  name: string;
  /** How it measures: `icmp`. */
  kind: string;
  target: string;
  enabled: boolean;
  every: string;
  zone?: null | string;
  packets: number;
  spacingMs: number;
  deadlineMs: number;
  sizeBytes: number;
  dscp: number;
  family: MonitorFamily;
  source?: null | string;
  /** When it was added. */
  createdAt: string;
  /** When its definition last changed. */
  updatedAt: string;
  /** How it is doing. */
  state: MonitorState;
  last24h?: null | DaySummary;
}

/** A new password, proven by the present one. */
export interface PasswordRequest {
  current?: null | string;
  next?: null | string;
}

/** Probes that just became durable, in columns, as told live. */
export interface ProbesArrived {
  /** The monitor. */
  monitor: number;
  /** When each was sent, milliseconds since 1970. */
  t: number[];
  /** Round-trip times, null where lost. */
  rttUs: (null | number)[];
  /** Why each is lost, null where it is not. */
  loss: string[];
}

/** The one error shape: RFC 9457 problem details plus the members `error` and `message` that older clients read. */
export interface Problem {
  /** Always `about:blank`: the kind is in Error. */
  type: string;
  /** The status in words. */
  title: string;
  /** The HTTP status. */
  status: number;
  /** A sentence for people. */
  detail: string;
  /** The kind of the problem, a stable word for programs. */
  error: string;
  /** The same sentence as Detail. */
  message: string;
  /** Every fault found in the request. */
  errors?: null | {
  /** Where, as a JSON pointer in URI form (RFC 6901 §6), as `#/every`. */
  pointer: string;
  /** A stable word for programs. */
  code: string;
  /** What would be right, for people. */
  detail: string;
}[];
  /** What to search the log for. */
  traceId?: null | string;
}

/** A test server of a public provider, as the contract lists it. */
export interface ProviderServer {
  id: string;
  name: string;
  host: string;
}

/** Whether the server can do its work. */
export interface ReadyAnswer {
  status: string;
  checks: ReadyChecks;
}

/** One part of readiness: `ok` or `failed`, and why. */
export interface ReadyCheck {
  status: string;
  reason?: null | string;
}

/** What readiness consists of. */
export interface ReadyChecks {
  database: ReadyCheck;
  migrations: ReadyCheck;
  measuring: ReadyCheck;
}

/** A new account. */
export interface RegisterAnswer {
  message: string;
  user: UserView;
}

/** Round-trip times in milliseconds. */
export interface RttFigures {
  min: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
  mean: number;
  stddev: number;
}

/** Round-trip times of a range in columns of equal length; entry i covers the step that begins `t[i]` ms after `from`. With resolution `probes` each entry is one probe, sent `t[i]` ms after `from`. */
export interface RttHistory {
  /** Begin of the first column. */
  from: string;
  /** End of the range. */
  to: string;
  /** Width of a column; the time between two probes does not follow from it when the resolution is `probes`. */
  stepMs: number;
  /** Where the values come from: `probes`, `raw`, `1m`, `1h` or `1d`. */
  resolution: string;
  /** Milliseconds since `from`. */
  t: number[];
  /** Least round-trip time. */
  minUs: (null | number)[];
  /** 10th percentile. */
  p10Us: (null | number)[];
  /** 25th percentile. */
  p25Us: (null | number)[];
  /** Median. */
  p50Us: (null | number)[];
  /** 75th percentile. */
  p75Us: (null | number)[];
  /** 90th percentile. */
  p90Us: (null | number)[];
  /** 95th percentile. */
  p95Us: (null | number)[];
  /** 99th percentile. */
  p99Us: (null | number)[];
  /** Greatest round-trip time. */
  maxUs: (null | number)[];
  /** Probes that were on the wire. */
  sent: number[];
  /** Those of them without an answer. */
  lost: number[];
  /** Times without measurements. */
  gaps: Gap[];
  /** The whole range in one. */
  summary: RttHistorySummary;
}

/** All probes of a range. */
export interface RttHistorySummary {
  /** Probes that were on the wire. */
  sent: number;
  /** Those of them without an answer. */
  lost: number;
  /** Lost of sent; null when none was sent. */
  lossRatio: null | number;
  /** Probes that never were on the wire: the name did not resolve, no permission, the kernel refused. */
  notSent: number;
  /** Counts by reason, also of those not sent. */
  lossReasons: Record<string, number>;
  rttMs: null | RttFigures;
  /** RFC 3550 §6.4.1; null unless every probe was read. */
  jitterMs: null | number;
  /** How much of the range was measured. */
  measuredRatio: number;
}

/** Which ways a test measures. */
export type RunDirection = "download" | "upload" | "both";

/** Why a test gave no figure: a stable word and a sentence. */
export interface RunError {
  reason: string;
  message: string;
}

/** What was measured in about one second. */
export interface RunInterval {
  phase: RunPhase;
  fromMs: number;
  toMs: number;
  bitsPerSecond: number;
  omitted: boolean;
}

/** What a test shall do. */
export interface RunOptions {
  /** Which ways. */
  direction: RunDirection;
  /** Measured time each way. */
  seconds: number;
  /** Parallel TCP connections. */
  streams: number;
  /** Warm-up each way that does not count. */
  omitSeconds: number;
}

export type RunPhase = "download" | "upload";

/** What a running test measured just now, as told live; the fraction of the whole test that is done is from 0 to 1. */
export interface RunProgress {
  id: number;
  /** How far a test is. */
  status: "queued" | "running" | "completed" | "failed" | "cancelled" | "aborted";
  /** Which way a running test measures now. */
  phase: "download" | "upload";
  fromMs: number;
  toMs: number;
  bitsPerSecond: number;
  omitted: boolean;
  fraction: number;
}

/** The figure of one direction. What an end did not tell is absent. */
export interface RunResult {
  /** Payload rate the receiving end saw. */
  bitsPerSecond: number;
  /** Measured time. */
  seconds: number;
  /** Payload the sending end counted. */
  bytesSent?: null | number;
  /** Payload the receiving end counted. */
  bytesReceived?: null | number;
  /** Segments sent again. */
  retransmits?: null | number;
}

/** The far end of a test. */
export interface RunServer {
  /** What people call it. */
  name: string;
  /** Name or address. */
  host: string;
  /** TCP port. */
  port: number;
  /** Its number when it is a saved one. */
  id?: null | number;
}

/** How far a test is. */
export type RunStatus = "queued" | "running" | "completed" | "failed" | "cancelled" | "aborted";

/** The series store. */
export interface SeriesStatusView {
  /** Taken but not yet durable. */
  pendingSamples: number;
  /** Lost since the start because the buffer was full. */
  droppedSamples: number;
  /** When samples last became durable. */
  lastCommitAt?: null | string;
  /** What they take in the database; absent until it was read. */
  sizeBytes?: null | number;
}

/** How the server is. */
export interface ServerStatus {
  /** Of the program. */
  version: string;
  /** When this life began. */
  startedAt: string;
  /** The server's clock. */
  now: string;
  /** The time zone of schedules that name none. */
  zone: string;
  /** The sub-path of the page. */
  baseUrl: string;
  /** Counts of monitors. */
  monitors: MonitorCounts;
  /** The database. */
  database: DatabaseStatus;
  /** The series store. */
  series: SeriesStatusView;
  /** Whether ICMP can be sent. */
  icmp: IcmpStatus;
}

/** The parts of ServerStatus that change by themselves, as told live. */
export interface ServerStatusChange {
  /** How many monitors there are, and how they do. */
  monitors: {
  total: number;
  measuring: number;
  paused: number;
  failing: number;
};
  /** The database. */
  database: {
  /** `sqlite` or `postgres`. */
  kind: string;
  /** `ready` or `away`. */
  status: string;
  /** Since when its status is so. */
  since: string;
  /** Why it is away. */
  reason?: null | string;
  /** On disk; absent when not known. */
  sizeBytes?: null | number;
};
  /** The series store. */
  series: {
  /** Taken but not yet durable. */
  pendingSamples: number;
  /** Lost since the start because the buffer was full. */
  droppedSamples: number;
  /** When samples last became durable. */
  lastCommitAt?: null | string;
  /** What they take in the database; absent until it was read. */
  sizeBytes?: null | number;
};
  /** Whether ICMP can be sent. */
  icmp: {
  /** `ready`, `noPermission`, `unsupported`, or `unknown` before the first probe. */
  status: string;
  /** What to do, when it is not ready. */
  reason?: null | string;
  /** `raw` or `datagram`. */
  mode?: null | string;
  /** Where time stamps come from: `kernel` or `user`. */
  clock?: null | string;
};
}

/** Where an account is logged in, latest first. */
export interface SessionList {
  items: SessionView[];
}

/** Where an account is logged in. */
export interface SessionView {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  address: string;
  userAgent: string;
  current: boolean;
}

/** A throughput test, from the order to its result. */
export interface SpeedRun {
  /** Its number. */
  id: number;
  /** How it measures: `iperf3`. */
  provider: string;
  /** The far end. */
  server: RunServer;
  /** What was asked for. */
  options: RunOptions;
  /** How far it is. */
  status: RunStatus;
  phase?: null | RunPhase;
  /** When it was asked for. */
  createdAt: string;
  /** When it began. */
  startedAt?: null | string;
  /** When it ended. */
  finishedAt?: null | string;
  download?: null | RunResult;
  upload?: null | RunResult;
  error?: null | RunError;
  /** What was measured along the way; only in the answer about one run. */
  intervals?: null | RunInterval[];
}

/** Tests, newest first. */
export interface SpeedRunList {
  /** One page of them. */
  items: SpeedRun[];
  /** What to ask for the next page; absent at the end. */
  nextCursor?: null | string;
}

/** A test to run, against a saved server or any other. */
export interface SpeedRunRequest {
  serverId?: null | number;
  host?: null | string;
  port?: null | number;
  name?: null | string;
  direction?: null | RunDirection;
  seconds?: null | number;
  streams?: null | number;
  omitSeconds?: null | number;
}

/** The contract's progress; rate in Mbit/s, progress in percent. */
export interface SpeedUpdate {
  type: string;
  serverName: string;
  speed: number;
  progress: number;
  isComplete: boolean;
  isScheduled: boolean;
  testType?: null | string;
}

/** The contract's order for a test. Members that the original ignored are taken and ignored too. */
export interface TestOptions {
  enableDownload?: null | boolean;
  enableUpload?: null | boolean;
  enablePacketLoss?: null | boolean;
  enablePing?: null | boolean;
  enableJitter?: null | boolean;
  serverIds?: null | string[];
  isScheduled?: null | boolean;
  useIperf?: null | boolean;
  useLibrespeed?: null | boolean;
  serverHost?: null | string;
  serverName?: null | string;
  isPublicServer?: null | boolean;
  multiServer?: null | boolean;
}

/** The contract's result of a test; rates in Mbit/s. The latency is empty: an iperf3 test does not measure it. */
export interface TestResult {
  id: number;
  timestamp: string;
  server: string;
  downloadSpeed: number;
  uploadSpeed: number;
  latency: string;
  error?: null | string;
}

/** What a few probes of an unsaved monitor found. */
export interface TryAnswer {
  /** Probes sent. */
  sent: number;
  /** Probes answered. */
  received: number;
  /** Each probe. */
  results: TryProbe[];
  /** What the name resolved to. */
  address?: null | string;
  /** Where time stamps come from. */
  clock?: null | string;
  /** Why nothing, or not all, could be sent. */
  error?: null | string;
}

/** One probe: its round-trip time, or why there is none. */
export interface TryProbe {
  rttUs?: null | number;
  loss?: null | string;
}

/** The account that asks. */
export interface UserAnswer {
  user: UserView;
}

/** An account as others may see it. */
export interface UserView {
  id: number;
  username: string;
}

/** That the caller is let in, and by what: `session` or `whitelist`. */
export interface VerifyAnswer {
  message: string;
  type: string;
}
