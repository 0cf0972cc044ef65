/**
 * The tab's one event stream. It reads `text/event-stream` by `fetch` instead of `EventSource`, because EventSource hides
 * the two things we need: the heartbeat comments (to notice a dead connection) and the HTTP status (to tell a session that
 * ended from a server that is away).
 */
export type LiveState = 'idle' | 'connecting' | 'open' | 'lost';

export interface LiveSnapshot {
  state: LiveState;
  /** When anything was last heard from the server, ms since the epoch. */
  heardAt: number;
  /** When the next try is due, while `lost`. */
  retryAt?: number;
}

export interface LiveMessage {
  event: string;
  data: unknown;
}
type Handler = (message: LiveMessage) => void;

export interface LiveOptions {
  url: (topics: string[], lastEventId: string | undefined) => string;
  onSignedOut?: () => void;
  /** No byte for this long means the connection is dead; the server sends a heartbeat every 15 s. */
  silenceMs?: number;
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
const SETTLE_MS = 30;

export class LiveStream {
  readonly #handlers = new Map<string, Set<Handler>>();
  readonly #watchers = new Set<() => void>();
  readonly #options: LiveOptions;
  #snapshot: LiveSnapshot = { state: 'idle', heardAt: Date.now() };
  #lastEventId: string | undefined;
  #attempt: AbortController | undefined;
  #connectedTopics = '';
  #waitMs = FIRST_WAIT_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #suspended = false;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  get snapshot(): LiveSnapshot {
    return this.#snapshot;
  }

  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Adds `topic` to the stream for as long as the subscription lives. */
  subscribe(topic: string, handler: Handler): () => void {
    const handlers = this.#handlers.get(topic) ?? new Set();
    handlers.add(handler);
    this.#handlers.set(topic, handlers);
    this.#settle();
    return () => {
      handlers.delete(handler);
      if (handlers.size === 0 && this.#handlers.get(topic) === handlers) this.#handlers.delete(topic);
      this.#settle();
    };
  }

  /** A hidden tab listens to nothing; what it missed comes by resume, or by `reset` when that is too long ago. */
  suspend(suspended: boolean): void {
    if (this.#suspended === suspended) return;
    this.#suspended = suspended;
    if (!suspended) this.#waitMs = FIRST_WAIT_MS;
    this.#settle();
  }

  retryNow(): void {
    this.#waitMs = FIRST_WAIT_MS;
    this.#connectedTopics = '';
    this.#connect();
  }

  // Panels mount and unmount in bursts: wait for the burst to end before changing the connection.
  #settle(): void {
    if (this.#snapshot.state === 'lost' && !this.#suspended && this.#handlers.size > 0) return;
    this.#after(SETTLE_MS, () => this.#connect());
  }

  #after(waitMs: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, waitMs);
  }

  #connect(): void {
    clearTimeout(this.#timer);
    const topics = this.#suspended ? [] : [...this.#handlers.keys()].sort();
    const wanted = topics.join(',');
    if (wanted === this.#connectedTopics && this.#attempt) return;
    this.#attempt?.abort();
    this.#attempt = undefined;
    clearTimeout(this.#watchdog);
    this.#connectedTopics = wanted;
    if (topics.length === 0) {
      this.#publish({ state: 'idle', heardAt: this.#snapshot.heardAt });
      return;
    }
    const attempt = new AbortController();
    this.#attempt = attempt;
    // Changing topics is not an interruption: the state stays open until it turns out otherwise.
    if (this.#snapshot.state === 'idle') this.#publish({ state: 'connecting', heardAt: this.#snapshot.heardAt });
    this.#read(topics, attempt).then(
      (signedOut) => !signedOut && this.#lost(attempt),
      () => this.#lost(attempt),
    );
  }

  async #read(topics: string[], attempt: AbortController): Promise<boolean> {
    this.#feedWatchdog(attempt);
    const response = await fetch(this.#options.url(topics, this.#lastEventId), {
      headers: { accept: 'text/event-stream' },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: attempt.signal,
    });
    if (response.status === 401) {
      clearTimeout(this.#watchdog);
      this.#options.onSignedOut?.();
      this.#publish({ state: 'idle', heardAt: Date.now() });
      return true;
    }
    if (!response.ok || !response.body) throw new Error(`live: ${response.status}`);
    this.#waitMs = FIRST_WAIT_MS;
    this.#heard();
    const parser = new EventParser((id, message) => {
      if (id !== undefined) this.#lastEventId = id;
      this.#dispatch(message);
    });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || attempt.signal.aborted) return false;
      this.#feedWatchdog(attempt);
      this.#heard();
      parser.push(value);
    }
  }

  #heard(): void {
    const heardAt = Date.now();
    if (this.#snapshot.state === 'open') this.#snapshot.heardAt = heardAt;
    else this.#publish({ state: 'open', heardAt });
  }

  #feedWatchdog(attempt: AbortController): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => attempt.abort(), this.#options.silenceMs ?? 40_000);
  }

  #lost(attempt: AbortController): void {
    if (this.#attempt !== attempt) return;
    this.#attempt = undefined;
    clearTimeout(this.#watchdog);
    const waitMs = this.#waitMs;
    this.#waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
    this.#publish({ state: 'lost', heardAt: this.#snapshot.heardAt, retryAt: Date.now() + waitMs });
    this.#after(waitMs, () => this.#connect());
  }

  #dispatch(message: LiveMessage): void {
    for (const handlers of [...this.#handlers.values()]) {
      for (const handler of [...handlers]) handler(message);
    }
  }

  #publish(snapshot: LiveSnapshot): void {
    this.#snapshot = snapshot;
    for (const watcher of this.#watchers) watcher();
  }
}

/** Cuts a stream of text into server-sent events (HTML living standard, 9.2.6). Comments are dropped. */
export class EventParser {
  #rest = '';
  #event = '';
  #data: string[] = [];
  #id: string | undefined;

  constructor(readonly deliver: (id: string | undefined, message: LiveMessage) => void) {}

  push(chunk: string): void {
    const lines = (this.#rest + chunk).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#line(line);
  }

  #line(line: string): void {
    if (line === '') {
      this.#flush();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') this.#event = value;
    else if (field === 'data') this.#data.push(value);
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
  }

  #flush(): void {
    const event = this.#event || 'message';
    const source = this.#data.join('\n');
    const hasData = this.#data.length > 0;
    this.#event = '';
    this.#data = [];
    if (!hasData && event !== 'reset') return;
    let data: unknown;
    try {
      data = source === '' ? {} : JSON.parse(source);
    } catch {
      return;
    }
    this.deliver(this.#id, { event, data });
  }
}
