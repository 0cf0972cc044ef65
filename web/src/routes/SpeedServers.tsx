import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IperfServer } from '../api/types';
import { useServerDelete } from '../data/actions';
import { iperfServersQuery } from '../data/queries';
import { ServerForm } from '../features/speed/ServerForm';
import { say } from '../messages/en';
import { Confirm } from '../parts/Confirm';
import { useKeys } from '../parts/keys';
import { Panel } from '../parts/Panel';
import { Empty, Loaded } from '../parts/States';
import { useTitle } from '../parts/title';
import { complain } from '../parts/toasts';

export function SpeedServers() {
  useTitle(say.speed.servers, { title: say.speed.title, to: '/speed' });
  const query = useQuery(iperfServersQuery);
  const [editing, setEditing] = useState<IperfServer | 'new'>();
  const [deleting, setDeleting] = useState<IperfServer>();
  const remove = useServerDelete();
  const add = () => setEditing('new');
  useKeys({ n: add });
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <h1 className="me-auto">{say.speed.servers}</h1>
        <button type="button" className="btn primary" onClick={add}>
          {say.speed.addServer}
          <span className="kbd border-on-brass/40! text-on-brass!">n</span>
        </button>
      </div>
      <Panel title="iperf3">
        <Loaded query={query} what={say.speed.servers} height={160}>
          {(servers) =>
            servers.length === 0 ? (
              <Empty title={say.speed.noServers} line={say.speed.noServersLine} />
            ) : (
              <table className="rows">
                <thead>
                  <tr>
                    <th>{say.words.name}</th>
                    <th>{say.speed.host}</th>
                    <th className="text-end!">{say.speed.port}</th>
                    <th>
                      <span className="sr-only">{say.monitors.edit}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {servers.map((server) => (
                    <tr key={server.id}>
                      <td className="h-9 max-w-40 truncate font-[480]">{server.name}</td>
                      <td className="mono max-w-40 truncate">{server.host}</td>
                      <td className="num text-end">{server.port}</td>
                      <td className="text-end">
                        <button
                          type="button"
                          className="btn quiet"
                          aria-label={`${say.monitors.edit} ${server.name}`}
                          onClick={() => setEditing(server)}
                        >
                          {say.monitors.edit}
                        </button>
                        <button
                          type="button"
                          className="btn quiet"
                          aria-label={`${say.monitors.delete} ${server.name}`}
                          onClick={() => setDeleting(server)}
                        >
                          {say.monitors.delete}
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )
          }
        </Loaded>
      </Panel>
      {editing && <ServerForm {...(editing === 'new' ? {} : { server: editing })} onClose={() => setEditing(undefined)} />}
      {deleting && (
        <Confirm
          title={say.speed.deleteServer(deleting.name)}
          line={say.speed.deleteServerLine}
          action={say.monitors.delete}
          busy={remove.isPending}
          onConfirm={() => remove.mutate(deleting.id, { onSettled: () => setDeleting(undefined), onError: complain })}
          onClose={() => setDeleting(undefined)}
        />
      )}
    </>
  );
}
