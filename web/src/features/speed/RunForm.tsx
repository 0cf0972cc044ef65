import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Problem } from '../../api/http';
import type { Direction, Run } from '../../api/types';
import { useRunStart } from '../../data/actions';
import { iperfServersQuery } from '../../data/queries';
import { say } from '../../messages/en';
import { Choice, Field, Segments } from '../../parts/Field';
import { useKeys } from '../../parts/keys';
import { Panel } from '../../parts/Panel';
import { Empty, Loaded } from '../../parts/States';
import { bytes, text } from '../../units/quantity';
import { estimateBytes } from './estimate';
import { ServerForm } from './ServerForm';

const KEPT = 'netronome.run';
interface Choices {
  serverId: number;
  direction: Direction;
  seconds: string;
  streams: string;
}

function kept(): Partial<Choices> {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Choices>;
  } catch {
    return {};
  }
}

const wholeWithin = (value: string, least: number, most: number) =>
  /^\d+$/.test(value.trim()) && Number(value) >= least && Number(value) <= most;

/** Server, direction, seconds and streams (remembered in this browser), what it costs, and the button. */
export function RunForm({ last }: { last: Run | undefined }) {
  const query = useQuery(iperfServersQuery);
  const [choices, setChoices] = useState(kept);
  const [adding, setAdding] = useState(false);
  const start = useRunStart();
  const { direction = 'both', seconds = '10', streams = '4' } = choices;
  const server = query.data?.find((one) => one.id === choices.serverId) ?? query.data?.[0];
  const faults = {
    seconds: wholeWithin(seconds, 1, 3600) ? undefined : say.form.faults.whole(1, 3600),
    streams: wholeWithin(streams, 1, 128) ? undefined : say.form.faults.whole(1, 128),
  };
  const set = (changes: Partial<Choices>) =>
    setChoices((before) => {
      const next = { ...before, ...changes };
      localStorage.setItem(KEPT, JSON.stringify(next));
      return next;
    });
  const run = () => {
    if (server && !faults.seconds && !faults.streams && !start.isPending)
      start.mutate({ serverId: server.id, direction, seconds: Number(seconds), streams: Number(streams) });
  };
  useKeys({ r: run });
  const estimate = estimateBytes(direction, Number(seconds), last);
  return (
    <Panel
      title={say.speed.idle}
      note={server ? `iperf3 · ${server.host}:${server.port}` : undefined}
      actions={
        <Link to="/speed/servers" className="btn quiet">
          {say.speed.servers}
        </Link>
      }
    >
      <Loaded query={query} what={say.speed.servers} height={220}>
        {(servers) =>
          servers.length === 0 ? (
            <>
              <Empty title={say.speed.noServers} line={say.speed.noServersLine}>
                <button type="button" className="btn primary" onClick={() => setAdding(true)}>
                  {say.speed.addServer}
                </button>
              </Empty>
              {adding && <ServerForm onClose={() => setAdding(false)} />}
            </>
          ) : (
            <form
              className="grid grid-cols-2 gap-x-3.5 gap-y-1.5 max-tablet:grid-cols-1"
              onSubmit={(event: FormEvent) => {
                event.preventDefault();
                run();
              }}
            >
              <Choice
                className="col-span-full"
                label={say.speed.server}
                value={String(server?.id ?? '')}
                options={servers.map((one) => [String(one.id), `${one.name} · ${one.host}:${one.port}`] as const)}
                onValue={(id) => set({ serverId: Number(id) })}
              />
              <div className="col-span-full">
                <Segments
                  label={say.speed.direction}
                  value={direction}
                  options={[
                    ['both', `↓↑ ${say.direction.both}`],
                    ['download', `↓ ${say.direction.download}`],
                    ['upload', `↑ ${say.direction.upload}`],
                  ]}
                  onValue={(next) => set({ direction: next })}
                />
              </div>
              <Field
                label={say.speed.seconds}
                value={seconds}
                onValue={(value) => set({ seconds: value })}
                inputMode="numeric"
                fault={faults.seconds}
              />
              <Field
                label={say.speed.streams}
                value={streams}
                onValue={(value) => set({ streams: value })}
                inputMode="numeric"
                fault={faults.streams}
              />
              {start.error && (
                <p className="banner crit col-span-full" role="alert">
                  <span className="crit">✕</span>{' '}
                  {start.error instanceof Problem && start.error.faults.length > 0
                    ? start.error.faults.map((one) => one.detail).join(' ')
                    : start.error.message}
                </p>
              )}
              <p className="note self-center max-tablet:col-span-full">
                {estimate === undefined ? say.speed.costUnknown : say.speed.cost(text(bytes(estimate)))}
              </p>
              <button
                type="submit"
                className="btn primary min-h-10 text-[0.9375rem]"
                disabled={start.isPending || !!faults.seconds || !!faults.streams}
              >
                {say.speed.run}
                <span className="kbd border-on-brass/40! text-on-brass!">r</span>
              </button>
            </form>
          )
        }
      </Loaded>
    </Panel>
  );
}
