import { useEffect, useRef } from 'react';

export type KeyMap = Record<string, () => void>;
const SWITCH = 'netronome.keys';
const SEQUENCE_MS = 1200;

const maps: { current: KeyMap }[] = [];
let pending = '';
let pendingAt = 0;

export const keysAreOn = (): boolean => localStorage.getItem(SWITCH) !== 'off';
export const switchKeys = (on: boolean): void => (on ? localStorage.removeItem(SWITCH) : localStorage.setItem(SWITCH, 'off'));

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function press(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const { key } = event;
  if (key !== 'Escape' && (typing(event.target) || !keysAreOn() || document.querySelector('dialog[open]'))) return;
  if (key === 'Escape' && typing(event.target) && event.target instanceof HTMLElement) {
    event.target.blur();
    return;
  }
  const sequence = pending !== '' && event.timeStamp - pendingAt < SEQUENCE_MS ? `${pending} ${key}` : key;
  pending = '';
  // The map added last belongs to what is on top.
  for (const map of [...maps].reverse()) {
    const action = map.current[sequence];
    if (action) {
      event.preventDefault();
      action();
      return;
    }
  }
  if (key === 'g') {
    pending = 'g';
    pendingAt = event.timeStamp;
  }
}

/** Single keys and `g x` sequences for as long as the component is mounted. */
export function useKeys(map: KeyMap): void {
  const latest = useRef(map);
  useEffect(() => {
    latest.current = map;
  });
  useEffect(() => {
    if (maps.length === 0) addEventListener('keydown', press);
    maps.push(latest);
    return () => {
      maps.splice(maps.indexOf(latest), 1);
      if (maps.length === 0) removeEventListener('keydown', press);
    };
  }, []);
}
