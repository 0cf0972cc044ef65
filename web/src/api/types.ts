/**
 * The server's answers under the names the page uses. Shapes come from docs/openapi.json (`npm run types`); here is only what
 * the document cannot say: a member that has no value is left out, never null, except in columns.
 */
import type * as api from './schema.gen';

type Told<T> = T extends readonly (infer Item)[]
  ? Told<Item>[]
  : T extends object
    ? { [Name in keyof T]: Record<string, never> extends Pick<T, Name> ? Exclude<Told<T[Name]>, null> : Told<T[Name]> }
    : T;

export type MonitorStatus = api.MonitorStatus;
export type AddressFamily = api.MonitorFamily;
export type MonitorDefinition = Told<api.MonitorRequest>;
export type MonitorState = Told<api.MonitorState>;
export type Monitor = Told<api.MonitorView>;

export type GapReason = api.GapReason;
export type Gap = api.Gap;
export type RttColumns = api.RttHistory;
export type RttSummary = api.RttHistorySummary;
export type Beats = api.BeatBoard;
export type BeatRow = api.Beats;
export type TryAnswer = Told<api.TryAnswer>;

export type IperfServer = api.IperfServer;
export type RunStatus = api.RunStatus;
export type Direction = api.RunDirection;
export type Phase = api.RunPhase;
export type RunRate = Told<api.RunResult>;
export type RunInterval = api.RunInterval;
export type Run = Told<api.SpeedRun>;

export type ServerFacts = Told<api.ServerStatus>;
export type Session = Told<api.SessionView>;
export type User = api.UserView;

export type ProbesEvent = api.ProbesArrived;
export type ProgressEvent = api.RunProgress;
