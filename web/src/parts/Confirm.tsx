import type { ReactNode } from 'react';
import { say } from '../messages/en';
import { Dialog } from './Dialog';

interface ConfirmProps {
  title: string;
  line: string;
  action: string;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  /** The milder choice. */
  children?: ReactNode;
}

export function Confirm({ title, line, action, busy = false, onConfirm, onClose, children }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="mt-1 mb-3 text-text-2">{line}</p>
      <div className="flex flex-wrap justify-end gap-2">
        <button type="button" className="btn quiet" onClick={onClose}>
          {say.monitors.cancel}
        </button>
        {children}
        <button type="button" className="btn danger" disabled={busy} onClick={onConfirm}>
          {action}
        </button>
      </div>
    </Dialog>
  );
}
