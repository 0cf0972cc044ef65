import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef } from 'react';
import type { Monitor, RttColumns } from '../../api/types';
import { Brush } from '../../charts/Brush';
import { extendColumns } from '../../charts/columns';
import { SmokeChart } from '../../charts/SmokeChart';
import { useProbeTail } from '../../data/feed';
import { rttQuery } from '../../data/queries';
import { type ShownRange, useRange } from '../../data/useRange';
import { say } from '../../messages/en';
import { Segments } from '../../parts/Field';
import { useKeys } from '../../parts/keys';
import { LossKey } from '../../parts/LossKey';
import { Panel } from '../../parts/Panel';
import { Empty, Failure, Loaded, Skeleton } from '../../parts/States';
import { rtt, text } from '../../units/quantity';
import { type Range, zoomRange } from '../../units/range';
import { RttTable } from './RttTable';
import { StatStrip } from './StatStrip';

const VIEWS = ['smoke', 'percentiles', 'table'] as const;
const BRUSH_COLUMNS = 168;
const phone = matchMedia('(max-width: 760px)');

/** Figures and picture of one monitor over the page's range. */
export function RttPanel({ monitor, stale }: { monitor: Monitor; stale: boolean }) {
  const shown = useRange();
  const { written, range, live, now } = shown;
  const { view = 'smoke', y = 'lin' } = useSearch({ from: '/shell/monitors/$id' });
  const navigate = useNavigate();
  const router = useRouter();
  const tail = useProbeTail(monitor.id);
  const query = useQuery(rttQuery(monitor.id, written, phone.matches ? 200 : 500));
  const columns = useMemo(
    () => (query.data && live ? extendColumns(query.data, tail, now) : query.data),
    [query.data, tail, live, now],
  );
  const zooms = useRef(0);
  const zoom = useCallback(
    (next: Range) => {
      if (next.to - next.from < 1000) return;
      zooms.current += 1;
      shown.show(next);
    },
    [shown.show],
  );
  const back = useCallback(() => {
    if (zooms.current > 0) {
      zooms.current -= 1;
      router.history.back();
    } else shown.show(zoomRange(range, 2, (range.from + range.to) / 2, now));
  }, [router, shown.show, range, now]);
  const look = (next: { view?: 'percentiles' | 'table' | undefined; y?: 'log' | undefined }) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const setView = (next: (typeof VIEWS)[number]) => look({ view: next === 'smoke' ? undefined : next });
  useKeys({
    v: () => setView(VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length] ?? 'smoke'),
    y: () => look({ y: y === 'log' ? undefined : 'log' }),
    Escape: () => zooms.current > 0 && back(),
  });
  return (
    <>
      <section className="panel" aria-label={say.smoke.figures}>
        <div className="body">
          {query.data ? (
            <StatStrip summary={query.data.summary} tail={live ? tail : undefined} stale={stale} />
          ) : query.error ? (
            <Failure what={say.smoke.title} error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <Skeleton height={68} />
          )}
        </div>
      </section>
      <Panel
        title={say.smoke.title}
        note={columns ? say.resolution(columns) : undefined}
        actions={
          <span className="flex flex-wrap gap-2">
            <Segments
              label={say.smoke.view}
              value={view}
              options={VIEWS.map((one) => [one, say.smoke.views[one]] as const)}
              onValue={setView}
            />
            {view !== 'table' && (
              <Segments
                label={say.smoke.scale}
                value={y}
                options={[
                  ['lin', say.smoke.scales.lin],
                  ['log', say.smoke.scales.log],
                ]}
                onValue={(next) => look({ y: next === 'log' ? 'log' : undefined })}
              />
            )}
          </span>
        }
      >
        <Loaded query={{ ...query, data: columns } as typeof query} what={say.smoke.title} height={phone.matches ? 330 : 372}>
          {(data) =>
            view === 'table' ? (
              <RttTable columns={data} name={monitor.name} />
            ) : (
              <Picture monitor={monitor} columns={data} shown={shown} view={view} scale={y} onZoom={zoom} onBack={back} />
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

interface PictureProps {
  monitor: Monitor;
  columns: RttColumns;
  shown: ShownRange;
  view: 'smoke' | 'percentiles';
  scale: 'lin' | 'log';
  onZoom: (range: Range) => void;
  onBack: () => void;
}

function Picture({ monitor, columns, shown, view, scale, onZoom, onBack }: PictureProps) {
  const { range, now } = shown;
  const width = range.to - range.from;
  // In the past the strip's end moves in steps, so that its answer stays in the cache while time goes on.
  const step = Math.max(60_000, width / 4);
  const wholeTo = shown.live ? range.to : Math.min(Math.ceil(now / step) * step, Math.max(range.to, range.from + 4 * width));
  const whole = useMemo(() => ({ from: wholeTo - 7 * width, to: wholeTo }), [wholeTo, width]);
  // A written range that stays the same while it is live keeps its answer in the cache.
  const wide = useQuery(
    rttQuery(
      monitor.id,
      shown.live
        ? { from: `-${Math.round((7 * width) / 1000)}s`, to: 'now' }
        : { from: new Date(whole.from).toISOString(), to: new Date(whole.to).toISOString() },
      BRUSH_COLUMNS,
    ),
  );
  const beats = useMemo(() => (wide.data ? slotted(wide.data, whole) : undefined), [wide.data, whole]);
  const { summary } = columns;
  const words = say.smoke.summary(
    text(rtt(summary.rttMs?.p50)),
    text(rtt(summary.rttMs?.p95)),
    summary.lost,
    summary.sent,
    columns.gaps.length,
  );
  if (columns.t.length === 0 && columns.gaps.length === 0)
    return <Empty title={say.monitors.noneMeasured} line={say.monitors.noneMeasuredLine} />;
  return (
    <>
      <SmokeChart
        columns={columns}
        range={range}
        view={view}
        scale={scale}
        summary={words}
        height={phone.matches ? 300 : 290}
        onZoom={onZoom}
        onBack={onBack}
      />
      <div className="mt-1 ps-[54px] pe-[10px] max-tablet:ps-0 max-tablet:pe-0">
        <Brush beats={beats} whole={whole} shown={range} onMove={onZoom} />
        <Legend view={view} />
      </div>
    </>
  );
}

function Legend({ view }: { view: 'smoke' | 'percentiles' }) {
  const bands =
    view === 'smoke'
      ? [
          ['min–max', 'rgb(var(--smoke) / .16)'],
          ['p10–p90', 'rgb(var(--smoke) / .34)'],
          ['p25–p75', 'rgb(var(--smoke) / .6)'],
        ]
      : [
          [say.smoke.median, 'var(--s1)'],
          ['p90', 'var(--s3)'],
          ['p95', 'var(--s4)'],
          ['p99', 'var(--s2)'],
        ];
  return (
    <div className="note mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-text-2!">
      {bands.map(([name, colour]) => (
        <span key={name} className="inline-flex items-center gap-1.5">
          <span className="inline-block size-[9px] rounded-[2px]" style={{ background: colour }} aria-hidden="true" />
          {name}
        </span>
      ))}
      <LossKey label={view === 'smoke' ? `${say.smoke.medianColour} ${say.words.loss}` : say.words.loss} />
      <span className="note ms-auto flex gap-1.5 max-desk:hidden">
        <span className="kbd">v</span>
        <span className="kbd">y</span>
        <span className="kbd">+</span>
        <span className="kbd">−</span>
      </span>
    </div>
  );
}

/** The answer's columns as equal slots of the strip; empty ones are not measured. */
function slotted(columns: RttColumns, whole: Range) {
  const slots = BRUSH_COLUMNS;
  const step = (whole.to - whole.from) / slots;
  const beats = {
    p50Us: Array<number | null>(slots).fill(null),
    sent: Array<number>(slots).fill(0),
    lost: Array<number>(slots).fill(0),
  };
  const origin = Date.parse(columns.from);
  const offset = columns.resolution === 'probes' ? 0 : columns.stepMs / 2;
  columns.t.forEach((at, i) => {
    const slot = Math.floor((origin + at + offset - whole.from) / step);
    if (slot < 0 || slot >= slots) return;
    beats.sent[slot] = (beats.sent[slot] ?? 0) + (columns.sent[i] ?? 0);
    beats.lost[slot] = (beats.lost[slot] ?? 0) + (columns.lost[i] ?? 0);
    beats.p50Us[slot] = columns.p50Us[i] ?? beats.p50Us[slot] ?? null;
  });
  return beats;
}
