import { useSyncExternalStore } from 'react';
import { say } from '../messages/en';

interface Toast {
  id: number;
  text: string;
  kind: 'ok' | 'crit';
  undo?: () => void;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const watchers = new Set<() => void>();
const STAY_MS = 8000;

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const watcher of watchers) watcher();
}

const dismiss = (id: number) => publish(toasts.filter((toast) => toast.id !== id));

/** Says that something was done, for 8 s, with a way back when there is one. */
export function tell(text: string, undo?: () => void): void {
  const id = nextId++;
  publish([...toasts, { id, text, kind: 'ok' as const, ...(undo ? { undo } : {}) }].slice(-3));
  setTimeout(() => dismiss(id), STAY_MS);
}

/** Says that something could not be done; it stays until it is dismissed. */
export function complain(error: unknown): void {
  publish(
    [...toasts, { id: nextId++, text: error instanceof Error ? error.message : String(error), kind: 'crit' as const }].slice(-3),
  );
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => toasts,
  );
  return (
    <div
      aria-live="polite"
      className="fixed right-3 bottom-3 z-40 flex w-[min(360px,calc(100vw-24px))] flex-col gap-2 max-tablet:top-16 max-tablet:bottom-auto"
    >
      {shown.map((toast) => (
        <div
          key={toast.id}
          role={toast.kind === 'crit' ? 'alert' : undefined}
          className="popup flex items-center gap-2 px-3 py-2"
        >
          <span className={toast.kind}>{toast.kind === 'ok' ? '✓' : '✕'}</span>
          <span className="flex-1">{toast.text}</span>
          {toast.undo && (
            <button
              type="button"
              className="link"
              onClick={() => {
                toast.undo?.();
                dismiss(toast.id);
              }}
            >
              {say.monitors.undo}
            </button>
          )}
          <button
            type="button"
            className="min-h-6 min-w-6 text-text-3"
            aria-label={say.keys.close}
            onClick={() => dismiss(toast.id)}
          >
            ✕
          </button>
        </div>
      ))}
    </div>
  );
}
