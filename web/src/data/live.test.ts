import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EventParser, type LiveMessage, LiveStream } from './live';

interface Connection {
  url: string;
  send: (text: string) => void;
  end: () => void;
  aborted: () => boolean;
}

let connections: Connection[];
let answer: number | 'refuse';

beforeEach(() => {
  vi.useFakeTimers();
  connections = [];
  answer = 200;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (answer === 'refuse') return Promise.reject(new TypeError('refused'));
    if (answer !== 200) return Promise.resolve(new Response(null, { status: answer }));
    const bytes = new TextEncoder();
    let controller: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start: (made) => {
        controller = made;
      },
    });
    init.signal?.addEventListener('abort', () => {
      try {
        controller.error(new DOMException('aborted', 'AbortError'));
      } catch {}
    });
    connections.push({
      url,
      send: (text) => controller.enqueue(bytes.encode(text)),
      end: () => controller.close(),
      aborted: () => init.signal?.aborted ?? false,
    });
    return Promise.resolve(new Response(body, { status: 200 }));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const stream = (onSignedOut?: () => void) =>
  new LiveStream({
    url: (topics, id) => `live?topics=${topics.join(',')}${id === undefined ? '' : `&lastEventId=${id}`}`,
    ...(onSignedOut ? { onSignedOut } : {}),
  });
const turn = (ms = 50) => vi.advanceTimersByTimeAsync(ms);

describe('the event stream', () => {
  it('opens one connection for all topics and delivers events', async () => {
    const live = stream();
    const seen: LiveMessage[] = [];
    live.subscribe('runs', (message) => seen.push(message));
    live.subscribe('monitor/1', () => {});
    await turn();
    expect(connections.map((one) => one.url)).toEqual(['live?topics=monitor/1,runs']);
    connections[0]?.send('id: a-1\nevent: probes\ndata: {"monitor":1}\n\n');
    await turn();
    expect(seen).toEqual([{ event: 'probes', data: { monitor: 1 } }]);
    expect(live.snapshot.state).toBe('open');
  });

  it('resumes from the last id after an interruption, waiting 1, 2, 4 … 30 seconds', async () => {
    const live = stream();
    live.subscribe('server', () => {});
    await turn();
    connections[0]?.send('id: a-7\nevent: status\ndata: {}\n\n');
    await turn();
    answer = 'refuse';
    connections[0]?.end();
    await turn();
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      expect(live.snapshot.state).toBe('lost');
      const wait = (live.snapshot.retryAt ?? 0) - Date.now();
      waits.push(Math.round((wait + 49) / 1000));
      await turn(wait + 1);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30]);
    answer = 200;
    live.retryNow();
    await turn();
    expect(connections.at(-1)?.url).toBe('live?topics=server&lastEventId=a-7');
    expect(live.snapshot.state).toBe('open');
  });

  it('takes 40 seconds of silence for a dead connection, and a heartbeat for a live one', async () => {
    const live = stream();
    live.subscribe('server', () => {});
    await turn();
    await turn(30_000);
    connections[0]?.send(': heartbeat\n\n');
    await turn(30_000);
    expect(live.snapshot.state).toBe('open');
    await turn(11_000);
    expect(connections[0]?.aborted()).toBe(true);
    expect(connections.length + (live.snapshot.state === 'lost' ? 1 : 0)).toBeGreaterThan(1);
  });

  it('changes topics without being lost in between', async () => {
    const live = stream();
    const states: string[] = [];
    live.subscribe('server', () => {});
    await turn();
    live.watch(() => states.push(live.snapshot.state));
    const drop = live.subscribe('monitor/2', () => {});
    await turn();
    drop();
    await turn();
    expect(connections.map((one) => one.url)).toEqual([
      'live?topics=server',
      'live?topics=monitor/2,server',
      'live?topics=server',
    ]);
    expect(connections.map((one) => one.aborted())).toEqual([true, true, false]);
    expect(states).not.toContain('lost');
  });

  it('listens to nothing while the tab is hidden', async () => {
    const live = stream();
    live.subscribe('server', () => {});
    await turn();
    live.suspend(true);
    await turn();
    expect(connections[0]?.aborted()).toBe(true);
    expect(live.snapshot.state).toBe('idle');
    live.suspend(false);
    await turn();
    expect(connections.length).toBe(2);
  });

  it('stops and tells when the session has ended', async () => {
    const signedOut = vi.fn();
    answer = 401;
    const live = stream(signedOut);
    live.subscribe('server', () => {});
    await turn(5000);
    expect(signedOut).toHaveBeenCalledTimes(1);
  });
});

describe('the event parser', () => {
  it('gives the same events however the text is cut', () => {
    const source = ': hello\n\nid: 1\nevent: probes\ndata: {"a":\ndata: 1}\n\nid: 2\r\ndata: {"b":2}\r\n\r\nevent: reset\n\n';
    for (let size = 1; size < source.length; size++) {
      const events: unknown[] = [];
      const parser = new EventParser((id, message) => events.push([id, message.event, message.data]));
      for (let at = 0; at < source.length; at += size) parser.push(source.slice(at, at + size));
      expect(events).toEqual([
        ['1', 'probes', { a: 1 }],
        ['2', 'message', { b: 2 }],
        ['2', 'reset', {}],
      ]);
    }
  });
});
