import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { Problem, Unreachable } from '../api/http';
import { say } from '../messages/en';

interface EmptyProps {
  title: string;
  line: ReactNode;
  children?: ReactNode;
}

/** Nothing to show yet: what it would answer, what it costs, and the button that starts it. */
export function Empty({ title, line, children }: EmptyProps) {
  return (
    <div className="py-1">
      <p className="text-[0.9375rem] leading-[1.3125rem]">{title}</p>
      <p className="mt-1 max-w-[62ch] text-text-2">{line}</p>
      {children && <div className="mt-3 flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}

function useAfter(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

/** Keeps the final height from the start; shows something after 150 ms, and says so when it takes 10 s. */
export function Skeleton({ height }: { height: number }) {
  const visible = useAfter(150);
  const long = useAfter(10_000);
  return (
    <div style={{ height }} aria-busy="true" className="flex flex-col gap-2 overflow-hidden">
      {visible && height > 60 && <div className="skeleton h-4 w-2/5" />}
      {visible && <div className="skeleton flex-1" />}
      {long && <p className="note">{say.states.loadingLong}</p>}
    </div>
  );
}

interface FailureProps {
  what: string;
  error: unknown;
  onRetry?: () => void;
}

/** What happened, what is being tried, what can be done. */
export function Failure({ what, error, onRetry }: FailureProps) {
  const problem = error instanceof Problem ? error : undefined;
  const line =
    error instanceof Unreachable
      ? say.states.unreachable
      : problem?.status === 503
        ? say.states.database
        : (problem?.message ?? String(error));
  return (
    <div className="banner crit" role="alert">
      <span className="crit">✕</span> {say.states.failed(what)} {line}{' '}
      {onRetry && (
        <button type="button" className="link" onClick={onRetry}>
          {say.states.again}
        </button>
      )}
      {problem?.traceId && <span className="note mono ms-2">{say.states.request(problem.traceId)}</span>}
    </div>
  );
}

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  what: string;
  height: number;
  children: (data: T) => ReactNode;
}

/** The states every panel has: loading, failed without data, data, and data whose renewal failed. */
export function Loaded<T>({ query, what, height, children }: LoadedProps<T>) {
  if (query.data === undefined) {
    return query.error ? (
      <Failure what={what} error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Skeleton height={height} />
    );
  }
  return (
    <>
      {query.error && !(query.error instanceof Unreachable) && (
        <Failure what={what} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {children(query.data)}
    </>
  );
}
