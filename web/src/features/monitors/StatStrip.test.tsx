import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { StatStrip } from './StatStrip';

const rttMs = { min: 1, p50: 2, p95: 3, p99: 4, max: 5, mean: 2, stddev: 1 };
const summary = { sent: 20, lost: 0, lossRatio: 0, notSent: 0, lossReasons: {}, rttMs, jitterMs: null, measuredRatio: 1 };

it('says_why_there_is_no_jitter_and_never_calls_it_a_timeout', () => {
  const { rerender } = render(<StatStrip summary={summary} stale={false} />);
  expect(screen.getByText('only over shorter ranges')).toBeTruthy();
  rerender(<StatStrip summary={{ ...summary, sent: 1 }} stale={false} />);
  expect(screen.getByText('too few answers')).toBeTruthy();
  expect(screen.queryByText(/timeout/)).toBeNull();
});

it('names_the_reasons_where_nothing_was_answered', () => {
  render(<StatStrip summary={{ ...summary, rttMs: null, lost: 20, lossRatio: 1, lossReasons: { timeout: 20 } }} stale={false} />);
  expect(screen.getAllByText('20 timeout').length).toBeGreaterThan(1);
});
