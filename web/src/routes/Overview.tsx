import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { BeatRow, Monitor } from '../api/types';
import { useLive, useTopics } from '../data/feed';
import { beatsQuery, monitorsQuery, runsQuery, serverQuery } from '../data/queries';
import { useNow } from '../data/time';
import { useRange } from '../data/useRange';
import { BeatBoard } from '../features/monitors/BeatBoard';
import { LossKeyIfRoom } from '../features/monitors/LossKeyIfRoom';
import { worstFirst } from '../features/monitors/order';
import { LineSpeed } from '../features/overview/LineSpeed';
import { VerdictBand } from '../features/overview/VerdictBand';
import { type Facts, verdict } from '../features/overview/verdict';
import { say } from '../messages/en';
import { Panel } from '../parts/Panel';
import { Empty, Loaded } from '../parts/States';
import { useTitle } from '../parts/title';
import { durationWords } from '../units/duration';
import { DEFAULT_RANGE } from '../units/range';

const BOARD_ROWS = 9;
const PROOF_SPANS = 3;
const SLOTS = 96;

export function Overview() {
  useTitle(say.overview.title);
  useTopics('monitor/*');
  const now = useNow(5000);
  const { written, range } = useRange();
  const { state, heardAt } = useLive();
  const server = useQuery(serverQuery);
  const monitors = useQuery(monitorsQuery);
  const day = useQuery(beatsQuery(DEFAULT_RANGE, SLOTS));
  const board = useQuery(beatsQuery(written, SLOTS));
  const { data: runs } = useQuery(runsQuery);
  const lastRun = runs?.items.find((run) => run.status === 'completed');
  const facts: Facts = {
    now,
    ...(state === 'lost' ? { lostSince: heardAt } : {}),
    ...(server.data ? { server: server.data } : {}),
    ...(monitors.data ? { monitors: monitors.data } : {}),
    ...(day.data ? { beats: day.data } : {}),
    ...(lastRun ? { lastRun } : {}),
  };
  const ordered = useMemo(() => worstFirst(monitors.data ?? [], board.data?.items ?? []), [monitors.data, board.data]);
  // A young server shows what it has: a day of which there are five minutes would be an empty strip.
  const proofSpan = spanFor(monitors.data ?? [], now);
  const near = useQuery(beatsQuery({ from: proofSpan, to: 'now' }, SLOTS));
  const answer = verdict(facts);
  const blamed = answer?.worst;
  const proof = useMemo(
    () => proofOf(worstFirst(monitors.data ?? [], near.data?.items ?? []), near.data?.items ?? [], blamed),
    [monitors.data, near.data, blamed],
  );
  const span = durationWords(range.to - range.from);
  const total = monitors.data?.length ?? 0;
  return (
    <>
      <VerdictBand verdict={answer} proof={proof} span={proofSpan} />
      <div className="grid gap-3 desk:grid-cols-[minmax(0,43fr)_minmax(0,57fr)]">
        <LineSpeed />
        <Panel
          title={say.overview.monitors}
          note={
            total > 0
              ? [say.overview.measuring(server.data?.monitors.measuring ?? 0, total), say.verdict.shownOf(BOARD_ROWS, total)]
                  .filter(Boolean)
                  .join(' · ')
              : undefined
          }
          actions={
            total > BOARD_ROWS ? (
              <Link to="/monitors" className="btn quiet">
                {say.overview.all(total)}
              </Link>
            ) : (
              total > 0 && <LossKeyIfRoom />
            )
          }
        >
          <Loaded query={monitors} what={say.overview.monitors} height={270}>
            {(all) =>
              all.length === 0 ? (
                <Empty title={say.overview.noMonitors} line={say.overview.noMonitorsLine}>
                  <Link to="/monitors/new" className="btn primary">
                    {say.overview.addMonitor}
                  </Link>
                </Empty>
              ) : (
                <BeatBoard monitors={ordered.slice(0, BOARD_ROWS)} beats={board.data?.items ?? []} span={span} />
              )
            }
          </Loaded>
        </Panel>
      </div>
    </>
  );
}

function spanFor(monitors: readonly Monitor[], now: number): '-15m' | '-1h' | '-6h' | '-24h' {
  const oldest = Math.min(now, ...monitors.map((one) => Date.parse(one.createdAt) || now));
  const hours = (now - oldest) / 3_600_000;
  return hours < 0.4 ? '-15m' : hours < 2 ? '-1h' : hours < 10 ? '-6h' : '-24h';
}

function proofOf(
  ordered: readonly Monitor[],
  rows: readonly BeatRow[],
  blamed: number | undefined,
): { monitor: Monitor; row: BeatRow }[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ordered
    .flatMap((monitor) => {
      const row = byId.get(monitor.id);
      return monitor.enabled && row && row.totalSent > 0 ? [{ monitor, row }] : [];
    })
    .sort((a, b) => Number(b.monitor.id === blamed) - Number(a.monitor.id === blamed))
    .slice(0, PROOF_SPANS);
}
