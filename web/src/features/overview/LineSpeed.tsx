import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Run } from '../../api/types';
import { HistoryChart } from '../../charts/HistoryChart';
import { Ruler } from '../../charts/Ruler';
import { runsQuery } from '../../data/queries';
import { useNow } from '../../data/time';
import { say } from '../../messages/en';
import { Panel } from '../../parts/Panel';
import { Empty, Loaded } from '../../parts/States';
import { rate, text } from '../../units/quantity';
import { moment } from '../../units/when';

const WEEK_MS = 7 * 86_400_000;
const FOUR_WEEKS_MS = 28 * 86_400_000;

/** The last test on a ruler, and a dot a test of the week. */
export function LineSpeed() {
  const query = useQuery(runsQuery);
  const now = useNow(60_000);
  const last = query.data?.items.find((run) => run.status === 'completed');
  return (
    <Panel
      title={say.overview.lineSpeed}
      note={last ? `${say.overview.lastTest(moment(Date.parse(last.createdAt), now))} · ${last.server.name}` : undefined}
      actions={
        <Link to="/speed" className="btn">
          {say.overview.run}
        </Link>
      }
    >
      <Loaded query={query} what={say.overview.lineSpeed} height={270}>
        {({ items }) => (last ? <Filled runs={items} last={last} now={now} /> : <NoTests runs={items} />)}
      </Loaded>
    </Panel>
  );
}

function NoTests({ runs }: { runs: readonly Run[] }) {
  const failed = runs.find((run) => run.status === 'failed');
  return (
    <>
      {failed?.error && (
        <p className="banner crit mb-2">
          <span className="crit">✕</span> {say.speed.failed(failed.error.message)}
        </p>
      )}
      <Empty title={say.overview.noTests} line={say.overview.noTestsLine}>
        <Link to="/speed" className="btn primary">
          {say.overview.run}
        </Link>
      </Empty>
    </>
  );
}

function Filled({ runs, last, now }: { runs: readonly Run[]; last: Run; now: number }) {
  const week = runs.filter((run) => now - Date.parse(run.createdAt) < WEEK_MS);
  const usual = runs.filter(
    (run) => run.status === 'completed' && run.id !== last.id && now - Date.parse(run.createdAt) < FOUR_WEEKS_MS,
  );
  const failed = week.filter((run) => run.status === 'failed').length;
  return (
    <>
      <Scale
        name={`↓ ${say.direction.download}`}
        direction="down"
        value={last.download?.bitsPerSecond}
        usual={usual.flatMap((run) => run.download?.bitsPerSecond ?? [])}
      />
      <Scale
        name={`↑ ${say.direction.upload}`}
        direction="up"
        value={last.upload?.bitsPerSecond}
        usual={usual.flatMap((run) => run.upload?.bitsPerSecond ?? [])}
      />
      <div className="note mt-3 mb-1">
        {say.overview.history}
        {usual.length >= 20 && ` · ${say.overview.band}`}
      </div>
      <HistoryChart runs={week} range={{ from: now - WEEK_MS, to: now }} label={say.overview.historyLabel(week.length, failed)} />
    </>
  );
}

function Scale({
  name,
  direction,
  value,
  usual,
}: {
  name: string;
  direction: 'down' | 'up';
  value: number | undefined;
  usual: number[];
}) {
  const { figure, unit } = rate(value);
  return (
    <div className="grid grid-cols-[150px_minmax(0,1fr)] items-center gap-3.5 py-1 max-tablet:grid-cols-[128px_minmax(0,1fr)] max-tablet:gap-2.5">
      <div>
        <div className="text-text-2">{name}</div>
        <div
          className="num text-[2rem] leading-[2.1875rem] font-[500] tracking-[-.015em] max-tablet:text-[1.75rem] max-tablet:leading-8"
          style={{ fontStretch: '86%' }}
        >
          {figure}
          <span className="ms-[3px] text-[0.8125rem] tracking-normal text-text-3" style={{ fontStretch: '100%' }}>
            {unit || say.speed.none}
          </span>
        </div>
      </div>
      <Ruler bitsPerSecond={value} usual={usual} direction={direction} label={`${name}: ${text({ figure, unit })}`} />
    </div>
  );
}
