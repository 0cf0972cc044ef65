import { useQuery } from '@tanstack/react-query';
import { serverQuery } from '../../data/queries';
import { useNow } from '../../data/time';
import { say } from '../../messages/en';
import { Panel } from '../../parts/Panel';
import { Loaded } from '../../parts/States';
import { ABSENT, bytes, count, text } from '../../units/quantity';
import { moment } from '../../units/when';

export function ServerFacts() {
  const query = useQuery(serverQuery);
  const now = useNow(10_000);
  return (
    <Panel title={say.settings.server}>
      <Loaded query={query} what={say.settings.server} height={200}>
        {({ version, startedAt, zone, baseUrl, database, series, icmp }) => {
          const names = say.settings.facts;
          const rows: [string, string][] = [
            [names.version, version],
            [names.started, moment(Date.parse(startedAt), now)],
            [names.zone, zone],
            [names.base, baseUrl],
            [
              names.database,
              `${database.kind}, ${database.status === 'ready' ? say.settings.databaseReady : say.settings.databaseAway(database.reason ?? '')}`,
            ],
            [names.size, text(bytes(database.sizeBytes))],
            [names.series, text(bytes(series.sizeBytes))],
            [names.pending, count(series.pendingSamples)],
            [names.dropped, count(series.droppedSamples)],
            [names.commit, series.lastCommitAt ? moment(Date.parse(series.lastCommitAt), now) : ABSENT],
            [
              names.icmp,
              icmp.status === 'ready' ? say.settings.icmpReady(icmp.mode ?? '', icmp.clock ?? '') : (icmp.reason ?? icmp.status),
            ],
          ];
          return (
            <dl className="num grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
              {rows.map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="text-text-3">{name}</dt>
                  <dd className="min-w-0 break-words text-end">{value}</dd>
                </div>
              ))}
            </dl>
          );
        }}
      </Loaded>
    </Panel>
  );
}
