import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import type { Monitor } from '../api/types';
import { useTopics } from '../data/feed';
import { beatsQuery, monitorsQuery } from '../data/queries';
import { useRange } from '../data/useRange';
import { BeatBoard } from '../features/monitors/BeatBoard';
import { worstFirst } from '../features/monitors/order';
import { say } from '../messages/en';
import { Segments } from '../parts/Field';
import { useKeys } from '../parts/keys';
import { LossKey } from '../parts/LossKey';
import { Panel } from '../parts/Panel';
import { Empty, Loaded } from '../parts/States';
import { useTitle } from '../parts/title';
import { durationWords } from '../units/duration';

const SLOTS = 120;

export function Monitors() {
  useTitle(say.monitors.title);
  useTopics('monitor/*');
  const { q = '', sort } = useSearch({ from: '/shell/monitors' });
  const navigate = useNavigate();
  const { written, range } = useRange();
  const query = useQuery(monitorsQuery);
  const beats = useQuery(beatsQuery(written, SLOTS));
  const rows = beats.data?.items ?? [];
  const monitors = query.data;
  const shown = useMemo(() => arrange(monitors ?? [], rows, q, sort), [monitors, rows, q, sort]);
  const [selected, setSelected] = useState<number>();
  const filter = useRef<HTMLInputElement>(null);
  const step = (by: number) =>
    setSelected((before) => Math.min(shown.length - 1, Math.max(0, (before ?? (by > 0 ? -1 : 0)) + by)));
  useKeys({
    n: () => void navigate({ to: '/monitors/new' }),
    j: () => step(1),
    k: () => step(-1),
    '/': () => filter.current?.focus(),
    ...(selected !== undefined &&
      shown[selected] && {
        Enter: () => void navigate({ to: '/monitors/$id', params: { id: String(shown[selected]?.id) } }),
        Escape: () => setSelected(undefined),
      }),
  });
  const search = (next: { q?: string | undefined; sort?: 'worst' | undefined }) =>
    void navigate({
      to: '/monitors',
      search: (before) => ({ ...before, q: q || undefined, sort, ...next }),
      replace: true,
      resetScroll: false,
    });
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="me-auto">{say.monitors.title}</h1>
        <input
          ref={filter}
          type="search"
          className="input w-44! max-tablet:w-full!"
          placeholder={say.monitors.filter}
          aria-label={say.monitors.filter}
          value={q}
          onChange={(event) => search({ q: event.target.value || undefined })}
        />
        <Segments
          label={say.words.state}
          value={sort ?? 'name'}
          options={[
            ['name', say.monitors.byName],
            ['worst', say.monitors.worst],
          ]}
          onValue={(next) => search({ sort: next === 'worst' ? 'worst' : undefined })}
        />
        <Link to="/monitors/new" className="btn primary">
          {say.monitors.new}
          <span className="kbd border-on-brass/40! text-on-brass!">n</span>
        </Link>
      </div>
      <Panel
        title={say.monitors.title}
        note={monitors ? say.nOfM(shown.length, monitors.length) : undefined}
        actions={<LossKey />}
      >
        <Loaded query={query} what={say.monitors.title} height={320}>
          {(all) => {
            if (all.length === 0) {
              return (
                <Empty title={say.overview.noMonitors} line={say.overview.noMonitorsLine}>
                  <Link to="/monitors/new" className="btn primary">
                    {say.overview.addMonitor}
                  </Link>
                </Empty>
              );
            }
            return shown.length === 0 ? (
              <p className="py-3 text-text-2">{say.monitors.noMatch(q)}</p>
            ) : (
              <BeatBoard monitors={shown} beats={rows} span={durationWords(range.to - range.from)} selected={selected} />
            );
          }}
        </Loaded>
      </Panel>
    </>
  );
}

function arrange(
  monitors: readonly Monitor[],
  rows: Parameters<typeof worstFirst>[1],
  q: string,
  sort: 'worst' | undefined,
): Monitor[] {
  const wanted = q.trim().toLocaleLowerCase();
  const found = monitors.filter(
    (one) => wanted === '' || `${one.name} ${one.target} ${one.state.address ?? ''}`.toLocaleLowerCase().includes(wanted),
  );
  return sort === 'worst' ? worstFirst(found, rows) : found.sort((a, b) => a.name.localeCompare(b.name));
}
