/** The folder the page was served from, as the server's `<base href>` says; every request is below it. */
export const basePath = new URL('.', document.baseURI).pathname;

export interface FieldFault {
  pointer: string;
  code?: string;
  detail: string;
}

/** What the server answered instead of a result (problem details, RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    readonly slug: string,
    message: string,
    readonly faults: FieldFault[] = [],
    readonly traceId?: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/** The browser could not reach the server at all. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

type Listener = () => void;
const sessionEnded = new Set<Listener>();

/** Calls `listener` when a request is refused because there is no session any more. */
export function onSessionEnded(listener: Listener): () => void {
  sessionEnded.add(listener);
  return () => sessionEnded.delete(listener);
}

export interface Ask {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
  /** A 401 here is an answer, not the end of the session (log-in, the check at start). */
  mayBeSignedOut?: boolean;
}

/** Asks the API at `path` (below `api/`, without a leading slash). */
export async function ask<T>(path: string, { method = 'GET', body, signal, mayBeSignedOut = false }: Ask = {}): Promise<T> {
  const response = await send(path, method, body, signal);
  if (response.ok) {
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
  if (response.status === 401 && !mayBeSignedOut) {
    for (const listener of sessionEnded) listener();
  }
  throw await problemOf(response);
}

async function send(path: string, method: string, body: unknown, signal: AbortSignal | undefined): Promise<Response> {
  try {
    return await fetch(`${basePath}api/${path}`, {
      method,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Unreachable('The server cannot be reached.', { cause: error });
  }
}

interface ProblemBody {
  title?: string;
  detail?: string;
  error?: string;
  message?: string;
  errors?: FieldFault[];
  traceId?: string;
}

async function problemOf(response: Response): Promise<Problem> {
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  const body = await response
    .json()
    .then((json) => (typeof json === 'object' && json !== null ? (json as ProblemBody) : {}))
    .catch((): ProblemBody => ({}));
  return new Problem(
    response.status,
    body.error ?? `http-${response.status}`,
    body.message ?? body.detail ?? body.title ?? `The server answered ${response.status}.`,
    Array.isArray(body.errors) ? body.errors : [],
    body.traceId,
    Number.isFinite(retryAfter) ? retryAfter : undefined,
  );
}
