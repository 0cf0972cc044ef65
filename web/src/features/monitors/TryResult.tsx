import type { TryAnswer } from '../../api/types';
import { say } from '../../messages/en';
import { rttOfMicros, text } from '../../units/quantity';

/** What an unsaved monitor would measure: each probe's answer, nothing summed up. */
export function TryResult({ answer }: { answer: TryAnswer }) {
  const good = answer.received > 0;
  return (
    <output className={`banner col-span-full block ${good ? '' : 'warn'}`}>
      {answer.error ? (
        <>
          <span className="warn">▲</span> {answer.error}
        </>
      ) : (
        <>
          <b className={`font-[560] ${good ? 'ok' : 'warn'}`}>
            {good ? '✓' : '▲'} {say.form.tryResult(answer.received, answer.sent, answer.address ?? '')}
          </b>{' '}
          <span className="num text-text-2">
            {answer.results
              .map(({ rttUs, loss }) =>
                rttUs === null || rttUs === undefined
                  ? `${say.smoke.probeLost}${loss ? ` (${say.lossReasons[loss] ?? loss})` : ''}`
                  : text(rttOfMicros(rttUs)),
              )
              .join(' · ')}
          </span>
        </>
      )}
    </output>
  );
}
