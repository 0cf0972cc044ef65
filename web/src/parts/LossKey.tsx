import { say } from '../messages/en';

const STEPS = ['0', '1', '3', '10', '25', '60', '100'];

export function LossKey({ label = say.words.loss }: { label?: string }) {
  return (
    <span className="note inline-flex items-center gap-1.5 whitespace-nowrap">
      {label}
      <span className="inline-flex" aria-hidden="true">
        {STEPS.map((step, i) => (
          <span key={step} className="block h-[7px] w-[22px] max-tablet:w-3.5" style={{ background: `var(--l${i})` }} />
        ))}
      </span>
      <span className="num">{STEPS.join('\u2002')}&nbsp;%</span>
    </span>
  );
}
