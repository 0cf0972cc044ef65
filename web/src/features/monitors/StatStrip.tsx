import type { RttSummary } from '../../api/types';
import type { ProbeTail } from '../../charts/columns';
import { say } from '../../messages/en';
import { Stat } from '../../parts/Stat';
import { ABSENT, count, lossPercent, rtt, sharePercent, text } from '../../units/quantity';

interface StatStripProps {
  summary: RttSummary;
  /** The live probes, while the right edge is now. */
  tail?: ProbeTail | undefined;
  stale: boolean;
}

export function StatStrip({ summary, tail, stale }: StatStripProps) {
  const { rttMs, sent, lost } = summary;
  const latest = tail?.rttUs.at(-1);
  const reasons = Object.entries(summary.lossReasons ?? {}).map(
    ([reason, n]) => `${count(n)} ${say.lossReasons[reason] ?? reason}`,
  );
  const none = sent === 0 ? say.notYet : reasons.join(', ');
  // Roll-ups keep no order, and jitter lives of the order of answers.
  const noJitter = sent === 0 || sent === lost ? none : say.monitors.stat.noJitter(sent - lost);
  return (
    <div className="stats">
      {latest !== undefined && (
        <Stat
          label={say.monitors.stat.now}
          value={latest === null ? { figure: say.smoke.probeLost, unit: '' } : rtt(latest / 1000)}
          stale={stale}
          line={stale ? `◷ ${say.states.staleTag}` : say.monitors.stat.mean(text(rtt(rttMs?.mean)))}
        />
      )}
      <Stat
        label={say.monitors.stat.median}
        value={rtt(rttMs?.p50)}
        line={rttMs ? say.monitors.stat.stddev(text(rtt(rttMs.stddev))) : none}
      />
      <Stat
        label={say.monitors.stat.p95}
        value={rtt(rttMs?.p95)}
        line={rttMs ? say.monitors.stat.p99(text(rtt(rttMs.p99))) : none}
      />
      <Stat
        label={say.monitors.stat.jitter}
        value={rtt(summary.jitterMs)}
        line={summary.jitterMs === null || summary.jitterMs === undefined ? noJitter : say.monitors.stat.jitterLine}
      />
      <Stat
        label={say.monitors.stat.loss}
        value={{ figure: lossPercent(lost, sent), unit: '%' }}
        line={sent > 0 ? <span title={reasons.join(', ')}>{say.monitors.stat.lossLine(lost, sent)}</span> : say.notYet}
      />
      <Stat label={say.monitors.stat.minMax} value={rtt(rttMs?.min)} line={rttMs ? `max ${text(rtt(rttMs.max))}` : none} />
      <Stat
        label={say.monitors.stat.measured}
        value={{
          figure:
            summary.measuredRatio === null || summary.measuredRatio === undefined ? ABSENT : sharePercent(summary.measuredRatio),
          unit: '%',
        }}
        line={
          summary.measuredRatio === null || summary.measuredRatio === undefined
            ? say.words.unknown
            : say.monitors.stat.measuredLine
        }
      />
    </div>
  );
}
