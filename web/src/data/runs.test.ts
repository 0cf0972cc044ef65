import { expect, it } from 'vitest';
import type { Run } from '../api/types';
import { withRun } from './runs';

const run = (id: number, status: Run['status']) => ({ id, status }) as Run;

it('puts_a_new_run_first', () => {
  expect(withRun([run(1, 'completed')], run(2, 'queued')).map(({ id }) => id)).toEqual([2, 1]);
});

it('never_takes_a_run_back_to_an_earlier_stage', () => {
  expect(withRun([run(1, 'failed')], run(1, 'queued'))).toEqual([run(1, 'failed')]);
  expect(withRun([run(1, 'running')], run(1, 'cancelled'))).toEqual([run(1, 'cancelled')]);
});
