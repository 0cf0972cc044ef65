import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { Run } from '../api/types';
import { HistoryChart } from '../charts/HistoryChart';
import { runsQuery } from '../data/queries';
import { useNow } from '../data/time';
import { active } from '../features/speed/estimate';
import { RunForm } from '../features/speed/RunForm';
import { RunningPanel } from '../features/speed/RunningPanel';
import { RunsTable } from '../features/speed/RunsTable';
import { say } from '../messages/en';
import { Segments } from '../parts/Field';
import { Panel } from '../parts/Panel';
import { Stat } from '../parts/Stat';
import { Empty, Loaded } from '../parts/States';
import { useTitle } from '../parts/title';
import { rate } from '../units/quantity';
import { moment } from '../units/when';

const DAY_MS = 86_400_000;
const PAGE_ROWS = 25;

export function Speed() {
  useTitle(say.speed.title);
  const query = useQuery(runsQuery);
  const now = useNow(10_000);
  const runs = query.data?.items ?? [];
  const going = runs.find((run) => run.status === 'running') ?? runs.find(active);
  const last = runs.find((run) => run.status === 'completed');
  const usual = useMemo(() => usualOf(query.data?.items ?? []), [query.data]);
  return (
    <>
      <h1 className="sr-only">{say.speed.title}</h1>
      {going ? (
        <RunningPanel key={going.id} run={going} usual={usual} />
      ) : (
        <div className="grid gap-3 desk:grid-cols-[minmax(0,40fr)_minmax(0,60fr)]">
          <RunForm last={last} />
          <Panel
            title={last ? say.speed.last : say.speed.history}
            note={last ? `${moment(Date.parse(last.createdAt), now)} · ${last.server.name}` : undefined}
          >
            <Loaded query={query} what={say.speed.history} height={240}>
              {({ items }) =>
                last ? (
                  <LastResult last={last} runs={items} now={now} />
                ) : (
                  <Empty title={say.speed.noRuns} line={say.overview.noTestsLine} />
                )
              }
            </Loaded>
          </Panel>
        </div>
      )}
      <Runs runs={runs} query={query} now={now} />
    </>
  );
}

function usualOf(runs: readonly Run[]) {
  const done = runs.filter((run) => run.status === 'completed');
  return {
    down: done.flatMap((run) => run.download?.bitsPerSecond ?? []),
    up: done.flatMap((run) => run.upload?.bitsPerSecond ?? []),
  };
}

function LastResult({ last, runs, now }: { last: Run; runs: readonly Run[]; now: number }) {
  const oldest = Math.min(now - DAY_MS, ...runs.map((run) => Date.parse(run.createdAt)));
  const days = Math.min(28, Math.ceil((now - oldest) / DAY_MS));
  const failed = runs.filter((run) => run.status === 'failed').length;
  return (
    <>
      <div className="stats mb-3">
        <Stat
          label={`↓ ${say.direction.download}`}
          value={rate(last.download?.bitsPerSecond)}
          line={last.download ? undefined : say.speed.none}
        />
        <Stat
          label={`↑ ${say.direction.upload}`}
          value={rate(last.upload?.bitsPerSecond)}
          line={last.upload ? undefined : say.speed.none}
        />
      </div>
      <div className="note mb-1">{say.speed.historyNote}</div>
      <HistoryChart
        runs={runs}
        range={{ from: now - days * DAY_MS, to: now }}
        label={say.speed.summary(runs.length, failed)}
        height={150}
      />
    </>
  );
}

function Runs({
  runs,
  query,
  now,
}: {
  runs: readonly Run[];
  query: Parameters<typeof Loaded<{ items: Run[] }>>[0]['query'];
  now: number;
}) {
  const { show } = useSearch({ from: '/shell/speed' });
  const navigate = useNavigate();
  const [rows, setRows] = useState(PAGE_ROWS);
  const shown = runs.filter(
    (run) => !active(run) && (show === undefined || (show === 'completed') === (run.status === 'completed')),
  );
  const failed = runs.filter((run) => run.status === 'failed').length;
  return (
    <Panel
      title={say.speed.runs}
      note={runs.length > 0 ? say.speed.summary(runs.length, failed) : undefined}
      actions={
        <span className="flex flex-wrap items-center gap-2">
          <Segments
            label={say.speed.filter}
            value={show ?? 'all'}
            options={[
              ['all', say.speed.filters.all],
              ['completed', say.speed.filters.completed],
              ['failed', say.speed.filters.failed],
            ]}
            onValue={(next) =>
              void navigate({
                to: '/speed',
                search: (before) => ({ ...before, show: next === 'all' ? undefined : next }),
                replace: true,
                resetScroll: false,
              })
            }
          />
        </span>
      }
    >
      <Loaded query={query} what={say.speed.runs} height={160}>
        {() =>
          shown.length === 0 ? (
            <p className="py-2 text-text-2">{say.speed.noRuns}</p>
          ) : (
            <RunsTable runs={shown.slice(0, rows)} now={now} />
          )
        }
      </Loaded>
      {shown.length > rows && (
        <button type="button" className="btn quiet mt-1" onClick={() => setRows(rows + 100)}>
          {say.speed.more}
        </button>
      )}
    </Panel>
  );
}
