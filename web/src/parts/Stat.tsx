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
        className={`num whitespace-nowrap text-[23px] leading-[29px] font-[520] max-tablet:text-[20px] max-tablet:leading-[26px] ${stale ? 'opacity-50' : ''}`}
        style={{ fontStretch: '90%' }}
      >
        {value.figure}
        {value.unit !== '' && value.figure !== ABSENT && (
          <span className="ms-[3px] text-[13px] font-[450] text-text-3">{value.unit}</span>
        )}
      </div>
      <div className="note tablet:whitespace-nowrap">{line ?? '\u00a0'}</div>
    </div>
  );
}
