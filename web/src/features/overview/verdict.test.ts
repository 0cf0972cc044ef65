import { describe, expect, it } from 'vitest';
import type { Beats, Monitor, ServerFacts } from '../../api/types';
import { verdict } from './verdict';

const now = Date.parse('2026-11-20T20:20:00Z');
const server: ServerFacts = {
  version: '0',
  startedAt: '',
  now: '',
  zone: 'UTC',
  baseUrl: '/',
  monitors: { total: 1, measuring: 1, paused: 0, failing: 0 },
  database: { kind: 'sqlite', status: 'ready', since: '' },
  series: { pendingSamples: 0, droppedSamples: 0 },
  icmp: { status: 'ready' },
};
const monitor = (id: number, changes: Partial<Monitor> = {}): Monitor => ({
  id,
  name: `far ${id}`,
  kind: 'icmp',
  target: '192.0.2.1',
  enabled: true,
  every: '5s',
  packets: 1,
  spacingMs: 1000,
  deadlineMs: 3000,
  sizeBytes: 56,
  dscp: 0,
  family: 'any',
  createdAt: '',
  updatedAt: '',
  state: { status: 'measuring', since: '' },
  ...changes,
});
/** 96 slots of a quarter of an hour; `lost` gives the loss per slot of 100 probes. */
const beats = (...rows: ((slot: number) => { sent?: number; lost?: number })[]): Beats => ({
  from: new Date(now - 86_400_000).toISOString(),
  to: new Date(now).toISOString(),
  stepMs: 900_000,
  items: rows.map((row, i) => {
    const slots = Array.from({ length: 96 }, (_, slot) => ({ sent: 100, lost: 0, ...row(slot) }));
    const sent = slots.map((one) => one.sent);
    const lost = slots.map((one) => one.lost);
    return {
      id: i + 1,
      p50Us: sent.map(() => 1000),
      p95Us: sent.map(() => 1000),
      sent,
      lost,
      totalSent: sent.reduce((a, b) => a + b),
      totalLost: lost.reduce((a, b) => a + b),
      p50Ms: 1,
      p95Ms: 1,
    };
  }),
});
const calm = () => ({});

describe('the sentence', () => {
  it('says nothing before the facts are there', () => expect(verdict({ now })).toBeUndefined());

  it('puts a lost connection before everything else', () =>
    expect(verdict({ now, lostSince: now - 5000, server, monitors: [], beats: beats() })?.rule).toBe('connection-lost'));

  it('names a database that is away', () =>
    expect(
      verdict({
        now,
        server: { ...server, database: { ...server.database, kind: 'postgres', status: 'away' } },
        monitors: [monitor(1)],
      })?.rule,
    ).toBe('database-away'));

  it('cannot tell without monitors, with paused ones, or with few samples', () => {
    expect(verdict({ now, server, monitors: [] })).toMatchObject({ rule: 'nothing-measured', action: 'addMonitor' });
    expect(verdict({ now, server, monitors: [monitor(1, { enabled: false })] })?.rule).toBe('all-paused');
    const few = verdict({ now, server, monitors: [monitor(1)], beats: beats((slot) => ({ sent: slot === 95 ? 4 : 0 })) });
    expect(few?.sentence).toContain('too few samples (4 of 20)');
  });

  it('never calls missing permission loss', () => {
    const facts = {
      now,
      server: { ...server, icmp: { status: 'noPermission' as const, reason: 'grant it' } },
      monitors: [monitor(1)],
      beats: beats(() => ({ lost: 100 })),
    };
    expect(verdict(facts)).toMatchObject({ rule: 'no-permission', line: 'grant it' });
  });

  it('counts the monitors that lose packets and does not claim to know where', () => {
    const facts = {
      now,
      server,
      monitors: [monitor(1), monitor(2), monitor(3)],
      beats: beats(
        calm,
        (slot) => ({ lost: slot > 85 ? 7 : 0 }),
        (slot) => ({ lost: slot > 90 ? 20 : 0 }),
      ),
    };
    expect(verdict(facts)).toMatchObject({ rule: 'loss-somewhere', sentence: 'Packets are lost on 2 of 3 monitors.', worst: 3 });
    expect(verdict(facts)?.line).toContain('Where cannot be told');
  });

  it('tells no answer at all from some loss', () =>
    expect(
      verdict({ now, server, monitors: [monitor(1)], beats: beats((slot) => ({ lost: slot > 93 ? 100 : 0 })) }),
    ).toMatchObject({ rule: 'no-answer', sentence: 'The only monitor gets no answer.' }));

  it('is quiet since the last trouble, or for as long as was measured', () => {
    const since = verdict({ now, server, monitors: [monitor(1)], beats: beats((slot) => ({ lost: slot === 60 ? 9 : 0 })) });
    expect(since?.rule).toBe('quiet-since');
    const young = verdict({ now, server, monitors: [monitor(1)], beats: beats((slot) => ({ sent: slot >= 88 ? 100 : 0 })) });
    expect(young?.sentence.replaceAll('\u00a0', ' ')).toBe('Quiet for 2 h.');
    const newborn = [monitor(1, { createdAt: new Date(now - 150_000).toISOString() })];
    const first = verdict({ now, server, monitors: newborn, beats: beats((slot) => ({ sent: slot === 95 ? 30 : 0 })) });
    expect(first?.sentence.replaceAll('\u00a0', ' ')).toBe('Quiet for 2 min.');
  });

  it('says that nothing is measured any more instead of staying quiet', () =>
    expect(verdict({ now, server, monitors: [monitor(1)], beats: beats((slot) => ({ sent: slot < 80 ? 100 : 0 })) })?.rule).toBe(
      'not-measuring',
    ));
});
