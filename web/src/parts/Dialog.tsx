import { type ReactNode, useEffect, useId, useRef } from 'react';

interface DialogProps {
  title: string;
  onClose: () => void;
  /** False for a dialog that must be answered (signing in again). */
  closable?: boolean;
  children: ReactNode;
  className?: string;
}

/** The browser's own modal dialog: it traps and returns focus and closes by Esc without a library. */
export function Dialog({ title, onClose, closable = true, children, className }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    const before = document.activeElement;
    element.showModal();
    return () => {
      element.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className={`popup ${className ?? ''}`}
      onCancel={(event) => {
        event.preventDefault();
        if (closable) onClose();
      }}
      onClick={(event) => closable && event.target === dialog.current && onClose()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2 id={id} className="text-[0.9375rem] leading-[1.3125rem] font-[560]">
        {title}
      </h2>
      {children}
    </dialog>
  );
}
