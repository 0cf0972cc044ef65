import type { ReactNode } from 'react';
import { ABSENT, type Quantity } from '../units/quantity';

interface StatProps {
  label: string;
  value: Quantity;
  /** One line of context; where the figure is absent, the reason. */
  line?: ReactNode;
  stale?: boolean;
}

export function Stat({ label, value, line, stale = false }: StatProps) {
  return (
    <div>
      <div className="note tablet:whitespace-nowrap">{label}</div>
      <div
        className={`num whitespace-nowrap text-[1.4375rem] leading-[1.8125rem] font-[520] max-tablet:text-[1.25rem] max-tablet:leading-[1.625rem] ${stale ? 'opacity-50' : ''}`}
        style={{ fontStretch: '90%' }}
      >
        {value.figure}
        {value.unit !== '' && value.figure !== ABSENT && (
          <span className="ms-[3px] text-[0.8125rem] font-[450] text-text-3">{value.unit}</span>
        )}
      </div>
      <div className="note tablet:whitespace-nowrap">{line ?? '\u00a0'}</div>
    </div>
  );
}
