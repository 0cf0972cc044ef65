import type { FieldFault } from '../../api/http';
import type { AddressFamily, Monitor, MonitorDefinition } from '../../api/types';
import { say } from '../../messages/en';
import { durationWords, parseDurationMs } from '../../units/duration';

/** The form: everything as it was typed. */
export interface Draft {
  name: string;
  target: string;
  every: string;
  packets: string;
  spacingMs: string;
  deadlineMs: string;
  sizeBytes: string;
  dscp: string;
  family: AddressFamily;
  source: string;
  zone: string;
}
export type DraftFaults = Partial<Record<keyof Draft, string>>;

export const NEW_DRAFT: Draft = {
  name: '',
  target: '',
  every: '5s',
  packets: '1',
  spacingMs: '1000',
  deadlineMs: '3000',
  sizeBytes: '56',
  dscp: '0',
  family: 'any',
  source: '',
  zone: '',
};

export const draftOf = (monitor: Monitor): Draft => ({
  name: monitor.name,
  target: monitor.target,
  every: monitor.every,
  packets: String(monitor.packets),
  spacingMs: String(monitor.spacingMs),
  deadlineMs: String(monitor.deadlineMs),
  sizeBytes: String(monitor.sizeBytes),
  dscp: String(monitor.dscp),
  family: monitor.family,
  source: monitor.source ?? '',
  zone: monitor.zone ?? '',
});

const BOUNDS = {
  packets: [1, 1000],
  spacingMs: [10, 60_000],
  deadlineMs: [10, 60_000],
  sizeBytes: [0, 65_000],
  dscp: [0, 63],
} as const;
const LEAST_EVERY_MS = 100;

/** What can be said before the server is asked; the server has the last word. */
export function faultsOf(draft: Draft): DraftFaults {
  const faults: DraftFaults = {};
  const target = targetFault(draft.target.trim());
  if (target) faults.target = target;
  for (const [name, [least, most]] of Object.entries(BOUNDS) as [keyof typeof BOUNDS, readonly [number, number]][]) {
    const value = Number(draft[name]);
    if (!/^\d+$/.test(draft[name].trim()) || value < least || value > most) faults[name] = say.form.faults.whole(least, most);
  }
  const every = everyFault(draft);
  if (every) faults.every = every;
  return faults;
}

function targetFault(target: string): string | undefined {
  if (target === '') return say.form.faults.target;
  if (target.length > 253) return say.form.faults.targetLong;
  if (/^\d+(\.\d+){3}$/.test(target) && target.split('.').some((octet) => Number(octet) > 255)) return say.form.faults.octet;
  // Names in other scripts are letters too; the server turns them into their ASCII form.
  if (target.startsWith('-') || !/^[\p{L}\p{N}._:%-]+$/u.test(target)) return say.form.faults.targetChars;
  return undefined;
}

function everyFault(draft: Draft): string | undefined {
  const every = draft.every.trim();
  if (/^exact:([01]?\d|2[0-3]):[0-5]\d(,([01]?\d|2[0-3]):[0-5]\d)*$/.test(every)) return undefined;
  const everyMs = parseDurationMs(every);
  if (everyMs === undefined) return say.form.faults.every;
  if (everyMs < LEAST_EVERY_MS) return say.form.faults.everyShort;
  // Single probes may overlap, each has its own deadline; a cycle of several must be over before the next.
  const packets = Number(draft.packets);
  const cycleMs = (packets - 1) * Number(draft.spacingMs) + Number(draft.deadlineMs);
  return packets > 1 && cycleMs > everyMs ? say.form.faults.cycle(durationWords(cycleMs), durationWords(everyMs)) : undefined;
}

export function definitionOf(draft: Draft): MonitorDefinition {
  const written = (value: string) => value.trim();
  return {
    target: written(draft.target),
    every: written(draft.every),
    packets: Number(draft.packets),
    spacingMs: Number(draft.spacingMs),
    deadlineMs: Number(draft.deadlineMs),
    sizeBytes: Number(draft.sizeBytes),
    dscp: Number(draft.dscp),
    family: draft.family,
    ...(written(draft.name) ? { name: written(draft.name) } : {}),
    ...(written(draft.source) ? { source: written(draft.source) } : {}),
    ...(written(draft.zone) ? { zone: written(draft.zone) } : {}),
  };
}

export interface Cost {
  probesADay: number;
  bytesADay: number;
  storedBytesAYear: number;
}

/** ICMP header and IP header; the answer is as long as the request. */
const OVERHEAD_BYTES = { any: 28, ipv4: 28, ipv6: 48 } as const;
/** What a sealed probe sample takes in the series store at most (docs/operations.md). */
const STORED_BYTES_PER_PROBE = 1.3;

export function costOf(draft: Draft): Cost | undefined {
  const packets = Number(draft.packets);
  const size = Number(draft.sizeBytes);
  const every = draft.every.trim();
  const everyMs = parseDurationMs(every);
  const cyclesADay = every.startsWith('exact:')
    ? every.split(',').length
    : everyMs !== undefined && everyMs >= LEAST_EVERY_MS
      ? 86_400_000 / everyMs
      : undefined;
  if (cyclesADay === undefined || !(packets >= 1) || !(size >= 0)) return undefined;
  const probesADay = packets * cyclesADay;
  return {
    probesADay,
    bytesADay: probesADay * 2 * (size + OVERHEAD_BYTES[draft.family]),
    storedBytesAYear: probesADay * 365 * STORED_BYTES_PER_PROBE,
  };
}

/** The server's faults under the fields they belong to; what belongs to none is returned apart. */
export function placeFaults(faults: readonly FieldFault[]): { fields: DraftFaults; rest: string[] } {
  const fields: DraftFaults = {};
  const rest: string[] = [];
  for (const { pointer, detail } of faults) {
    const name = pointer.replace(/^[#/]*/, '') as keyof Draft;
    if (name in NEW_DRAFT) fields[name] = fields[name] ? `${fields[name]} ${detail}` : detail;
    else rest.push(detail);
  }
  return { fields, rest };
}
