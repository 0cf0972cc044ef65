import { Link } from '@tanstack/react-router';
import type { BeatRow, Monitor } from '../../api/types';
import { BeatStrip } from '../../charts/BeatStrip';
import { lossStep } from '../../charts/columns';
import { live } from '../../data/feed';
import { say } from '../../messages/en';
import { lossPercent, rtt, text } from '../../units/quantity';
import type { PRESETS } from '../../units/range';
import type { Verdict } from './verdict';

interface VerdictBandProps {
  verdict: Verdict | undefined;
  /** The monitors that prove the sentence, worst first. */
  proof: readonly { monitor: Monitor; row: BeatRow }[];
  /** What the beats beside the sentence span. */
  span: (typeof PRESETS)[number];
}

/** The answer in words, and beside it the picture that proves it. */
export function VerdictBand({ verdict, proof, span }: VerdictBandProps) {
  return (
    <section
      className={`panel grid! items-center gap-x-7 gap-y-4 px-[18px] py-[13px] max-tablet:px-3.5 ${proof.length > 0 ? 'desk:grid-cols-[minmax(320px,30%)_minmax(0,1fr)]' : ''}`}
      aria-labelledby="verdict"
    >
      <div className="min-h-[118px]">
        {verdict ? (
          <>
            <span className={`tag ${verdict.tag.kind}`} title={say.verdict.rule(verdict.rule)} data-rule={verdict.rule}>
              {verdict.tag.text}
            </span>
            <h1 id="verdict" className="mt-2">
              {verdict.sentence}
            </h1>
            {verdict.line && <p className="mt-1.5 max-w-[54ch] text-text-2">{verdict.line}</p>}
            <VerdictAction verdict={verdict} />
          </>
        ) : (
          <h1 id="verdict" className="sr-only">
            {say.overview.title}
          </h1>
        )}
      </div>
      {proof.length > 0 && (
        <div className="grid min-w-0 tablet:grid-flow-col tablet:auto-cols-[minmax(0,1fr)] max-tablet:gap-1">
          {proof.map(({ monitor, row }) => (
            <Span
              key={monitor.id}
              monitor={monitor}
              row={row}
              span={say.range.short[span]}
              blamed={verdict?.worst === monitor.id}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function VerdictAction({ verdict }: { verdict: Verdict }) {
  if (verdict.action === 'addMonitor') {
    return (
      <Link to="/monitors/new" className="btn primary mt-3">
        {say.overview.addMonitor}
      </Link>
    );
  }
  if (verdict.action === 'openMonitors') {
    return (
      <Link to="/monitors" className="btn mt-3">
        {say.monitors.title}
      </Link>
    );
  }
  if (verdict.action === 'openWorst' && verdict.worst !== undefined) {
    return (
      <Link to="/monitors/$id" params={{ id: String(verdict.worst) }} className="btn primary mt-3">
        {say.verdict.open(verdict.worstName ?? '')}
      </Link>
    );
  }
  if (verdict.action === 'retry') {
    return (
      <button type="button" className="btn mt-3" onClick={() => live.retryNow()}>
        {say.shell.retry}
      </button>
    );
  }
  return null;
}

function Span({ monitor, row, span, blamed }: { monitor: Monitor; row: BeatRow; span: string; blamed: boolean }) {
  const sent = row.totalSent;
  const figure = text(rtt(row.p50Ms));
  const loss = lossPercent(row.totalLost, sent);
  const trouble = lossStep(row.totalLost, sent) >= 3;
  return (
    <Link
      to="/monitors/$id"
      params={{ id: String(monitor.id) }}
      className={`block min-w-0 border-s border-line-2 px-4 py-1 tablet:last:border-e max-tablet:grid max-tablet:grid-cols-[92px_minmax(0,1fr)_82px] max-tablet:items-center max-tablet:gap-2.5 max-tablet:border-s-2 max-tablet:px-3 ${blamed ? 'border-warn! bg-[color-mix(in_srgb,var(--warn)_9%,transparent)]' : ''}`}
    >
      <span className="flex items-baseline justify-between gap-2 overflow-hidden whitespace-nowrap">
        <b className={`truncate text-[0.875rem] font-[600] ${blamed ? 'warn' : ''}`}>
          {blamed && '▲ '}
          {monitor.name}
        </b>
        <span className="mono min-w-0 truncate text-text-3 max-tablet:hidden">{monitor.target}</span>
      </span>
      <BeatStrip
        beats={row}
        className="h-12 tablet:my-2 max-tablet:h-9"
        label={say.monitors.beatLabel(monitor.name, span, figure, row.totalLost, sent)}
      />
      <span className="num flex justify-between gap-2 whitespace-nowrap text-text-3 max-tablet:grid max-tablet:justify-items-end max-tablet:gap-0">
        <b className="font-[520] text-text">{figure}</b>
        <b className={`font-[520] ${trouble ? 'warn' : 'text-text'}`}>
          {loss}&nbsp;% {say.words.loss}
        </b>
        <span className="note max-tablet:hidden">{say.verdict.spanOf(say.probes(sent), span)}</span>
      </span>
    </Link>
  );
}
