import type { Beats, Monitor, Run, ServerFacts } from '../../api/types';
import { say } from '../../messages/en';
import { durationWords, parseDurationMs } from '../../units/duration';
import { lossPercent, rate, text } from '../../units/quantity';
import { clockSeconds, moment } from '../../units/when';

/** What the sentence may be made of. Absent means not known (yet). */
export interface Facts {
  now: number;
  /** When the server was last heard, if the browser has lost it. */
  lostSince?: number;
  server?: ServerFacts;
  monitors?: readonly Monitor[];
  beats?: Beats;
  lastRun?: Run;
}

export interface Verdict {
  rule: string;
  tag: { kind: 'warn' | 'crit' | 'plain'; text: string };
  sentence: string;
  line?: string;
  /** The first thing to do about it. */
  action?: 'addMonitor' | 'openWorst' | 'openMonitors' | 'retry';
  worst?: number;
  worstName?: string;
}

/** Loss that is worth a sentence: at least two probes and one per cent within the last half hour. */
const RECENT_MS = 30 * 60_000;
const LEAST_LOST = 2;
const LEAST_RATIO = 0.01;
const LEAST_SENT = 20;

/** `unknown` stands before the first probe and is not a fault. */
const DEAF = new Set(['noPermission', 'unsupported']);

/** The first template that fits (ui.md 4.1, as far as the data of today can tell). Never says more than the facts. */
export function verdict(facts: Facts): Verdict | undefined {
  const { server, monitors, now } = facts;
  if (facts.lostSince !== undefined) {
    return {
      rule: 'connection-lost',
      tag: { kind: 'warn', text: `▲ ${say.verdict.tag.lost}` },
      sentence: say.verdict.connectionLost(clockSeconds(facts.lostSince)),
      line: say.verdict.connectionLine,
      action: 'retry',
    };
  }
  if (!server || !monitors) return undefined;
  if (server.database.status === 'away') {
    const since = server.database.since ? moment(Date.parse(server.database.since), now) : '';
    return {
      rule: 'database-away',
      tag: { kind: 'crit', text: `✕ ${say.verdict.tag.database}` },
      sentence: say.verdict.databaseAway(since),
      line: say.verdict.databaseLine(say.probes(server.series.pendingSamples)),
    };
  }
  const enabled = monitors.filter((one) => one.enabled);
  if (monitors.length === 0) return cannotTell('nothing-measured', say.verdict.nothing, say.verdict.nothingLine, 'addMonitor');
  if (enabled.length === 0) return cannotTell('all-paused', say.verdict.paused, say.verdict.pausedLine, 'openMonitors');
  if (DEAF.has(server.icmp.status) || enabled.every((one) => one.state.status === 'noPermission')) {
    const reason = server.icmp.reason ?? enabled.find((one) => one.state.reason)?.state.reason;
    return {
      rule: 'no-permission',
      tag: { kind: 'crit', text: `✕ ${say.verdict.tag.deaf}` },
      sentence: say.verdict.cannotMeasure,
      ...(reason ? { line: reason } : {}),
    };
  }
  if (!facts.beats) return undefined;
  return aboutLoss(facts, facts.beats, enabled);
}

const cannotTell = (rule: string, sentence: string, line: string, action?: Verdict['action']): Verdict => ({
  rule,
  tag: { kind: 'plain', text: `– ${say.verdict.tag.unknown}` },
  sentence,
  line,
  ...(action ? { action } : {}),
});

function aboutLoss({ now, lastRun }: Facts, beats: Beats, enabled: readonly Monitor[]): Verdict | undefined {
  const ids = new Set(enabled.map((one) => one.id));
  const rows = beats.items.filter((row) => ids.has(row.id));
  const origin = Date.parse(beats.from);
  const slots = Math.max(0, ...rows.map((row) => row.sent.length));
  const recentFrom = Math.max(0, slots - Math.max(1, Math.round(RECENT_MS / beats.stepMs)));
  const recent = rows.map((row) => ({ id: row.id, sent: sum(row.sent, recentFrom), lost: sum(row.lost, recentFrom) }));
  const sent = rows.reduce((all, row) => all + row.totalSent, 0);
  const lost = rows.reduce((all, row) => all + row.totalLost, 0);
  if (sent < LEAST_SENT) return cannotTell('few-samples', say.verdict.few(sent), say.verdict.fewLine);

  const silence = silentSince(rows, enabled, origin, beats.stepMs, slots, now);
  if (silence !== undefined) {
    return {
      rule: 'not-measuring',
      tag: { kind: 'crit', text: `✕ ${say.verdict.tag.deaf}` },
      sentence: say.verdict.notMeasuring(moment(silence, now)),
      line: say.verdict.notMeasuringLine(enabled.length),
      action: 'openMonitors',
    };
  }
  const troubled = recent
    .filter((one) => one.lost >= LEAST_LOST && one.lost / one.sent >= LEAST_RATIO)
    .sort((a, b) => b.lost / b.sent - a.lost / a.sent);
  const worst = troubled[0];
  if (worst) {
    const silent = troubled.filter((one) => one.lost === one.sent);
    const recentSent = recent.reduce((all, one) => all + one.sent, 0);
    const recentLost = recent.reduce((all, one) => all + one.lost, 0);
    const name = enabled.find((one) => one.id === worst.id)?.name ?? '';
    return {
      rule: silent.length === troubled.length ? 'no-answer' : 'loss-somewhere',
      tag: { kind: 'warn', text: `▲ ${say.verdict.tag.trouble}` },
      sentence:
        silent.length === troubled.length
          ? say.verdict.silent(silent.length, enabled.length)
          : say.verdict.loss(troubled.length, enabled.length),
      line: say.verdict.lossLine(lossPercent(recentLost, recentSent), recentLost, recentSent, name),
      action: 'openWorst',
      worst: worst.id,
      worstName: name,
    };
  }
  const percent = lossPercent(lost, sent);
  const speed = lastRun?.download ? ` ${say.verdict.down(text(rate(lastRun.download.bitsPerSecond)))}` : '';
  const line = say.verdict.quietLine(percent, lost, sent, rows.filter((row) => row.totalSent > 0).length) + speed;
  const lastTrouble = lastTroubledSlot(rows, slots);
  if (lastTrouble !== undefined) {
    const until = origin + (lastTrouble + 1) * beats.stepMs;
    return {
      rule: 'quiet-since',
      tag: quiet,
      sentence: say.verdict.quietSince(moment(Math.min(until, now), now)),
      line: `${say.verdict.earlier(moment(until - beats.stepMs, now))} ${line}`,
    };
  }
  const slot = origin + Math.max(0, Math.min(...rows.map((row) => firstMeasured(row.sent)))) * beats.stepMs;
  // The first slot may have begun before there was anything to measure.
  const first = Math.max(slot, Math.min(...enabled.map((one) => Date.parse(one.createdAt) || slot)));
  const minutes = Math.floor((now - first) / 60_000);
  return {
    rule: 'quiet',
    tag: quiet,
    sentence: minutes < 1 ? say.verdict.quietNow : say.verdict.quietFor(durationWords(minutes * 60_000)),
    line,
  };
}

const quiet: Verdict['tag'] = { kind: 'plain', text: say.verdict.tag.quiet };
const sum = (values: readonly number[], from: number) => values.slice(from).reduce((all, one) => all + one, 0);
const firstMeasured = (sent: readonly number[]) => {
  const index = sent.findIndex((one) => one > 0);
  return index < 0 ? sent.length : index;
};

/** Since when no monitor has a sample, when that is longer than any of them may be quiet. */
function silentSince(
  rows: Beats['items'],
  enabled: readonly Monitor[],
  origin: number,
  stepMs: number,
  slots: number,
  now: number,
): number | undefined {
  let last = -1;
  for (const row of rows)
    last = Math.max(
      last,
      row.sent.findLastIndex((one) => one > 0),
    );
  if (last < 0 || last >= slots - 1) return undefined;
  const since = origin + (last + 1) * stepMs;
  const patience = Math.max(10_000, ...enabled.map((one) => 3 * (parseDurationMs(one.every) ?? 86_400_000)));
  return now - since > Math.max(patience, stepMs) ? since : undefined;
}

function lastTroubledSlot(rows: Beats['items'], slots: number): number | undefined {
  for (let slot = slots - 1; slot >= 0; slot--) {
    if (rows.some((row) => (row.lost[slot] ?? 0) >= LEAST_LOST && (row.lost[slot] ?? 0) / (row.sent[slot] ?? 1) >= LEAST_RATIO))
      return slot;
  }
  return undefined;
}
