import type { UseQueryResult } from '@tanstack/react-query';
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Problem, Unreachable } from '../api/http';
import { Loaded } from './States';

const query = (part: { data?: string; error?: Error }) =>
  ({ data: undefined, error: null, refetch: vi.fn(), ...part }) as unknown as UseQueryResult<string>;
const panel = (part: { data?: string; error?: Error }) => (
  <Loaded query={query(part)} what="Monitors" height={200}>
    {(data) => <p>{data}</p>}
  </Loaded>
);

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('a panel', () => {
  it('keeps its height from the start and says so when loading takes long', () => {
    vi.useFakeTimers();
    const { container } = render(panel({}));
    expect((container.firstElementChild as HTMLElement).style.height).toBe('200px');
    expect(container.querySelector('.skeleton')).toBeNull();
    act(() => void vi.advanceTimersByTime(200));
    expect(container.querySelector('.skeleton')).not.toBeNull();
    act(() => void vi.advanceTimersByTime(10_000));
    expect(screen.getByText('Still working …')).toBeTruthy();
  });

  it('says what happened, and the request to ask about', () => {
    render(panel({ error: new Problem(500, 'internal', 'The query failed.', [], 'trace-7') }));
    expect(screen.getByRole('alert').textContent).toContain('Monitors could not be loaded. The query failed.');
    expect(screen.getByText('request trace-7')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('keeps showing what it has when the server is away, and names a part that failed', () => {
    const { rerender } = render(panel({ data: 'seven monitors', error: new Unreachable('gone') }));
    expect(screen.getByText('seven monitors')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
    rerender(panel({ data: 'seven monitors', error: new Problem(503, 'database-away', 'The database is away.') }));
    expect(screen.getByText('seven monitors')).toBeTruthy();
    expect(screen.getByRole('alert')).toBeTruthy();
  });
});
