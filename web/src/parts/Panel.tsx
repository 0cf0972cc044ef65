import { type ReactNode, useId } from 'react';

interface PanelProps {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Panel({ title, note, actions, className, children }: PanelProps) {
  const id = useId();
  return (
    <section className={`panel ${className ?? ''}`} aria-labelledby={id}>
      <header>
        <h2 id={id} className="cap">
          {title}
        </h2>
        {note !== undefined && (
          <span className="note min-w-0 truncate max-tablet:order-5 max-tablet:w-full max-tablet:whitespace-normal">{note}</span>
        )}
        <span className="flex-1" />
        {actions}
      </header>
      <div className="body">{children}</div>
    </section>
  );
}
