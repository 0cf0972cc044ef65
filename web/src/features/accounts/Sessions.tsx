import { useQuery } from '@tanstack/react-query';
import { useSessionEnd } from '../../data/actions';
import { sessionsQuery } from '../../data/queries';
import { useNow } from '../../data/time';
import { say } from '../../messages/en';
import { Panel } from '../../parts/Panel';
import { Loaded } from '../../parts/States';
import { complain } from '../../parts/toasts';
import { exactly, moment } from '../../units/when';
import { browserName } from './browserName';

export function Sessions() {
  const query = useQuery(sessionsQuery);
  const end = useSessionEnd();
  const now = useNow(60_000);
  return (
    <Panel title={say.settings.sessions} note={say.settings.sessionsNote}>
      <Loaded query={query} what={say.settings.sessions} height={120}>
        {(sessions) => (
          <table className="rows">
            <thead>
              <tr>
                <th>{say.settings.device}</th>
                <th>{say.settings.address}</th>
                <th>{say.settings.seen}</th>
                <th>
                  <span className="sr-only">{say.settings.revoke}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {sessions.map((session) => (
                <tr key={session.id}>
                  <td className="h-9 max-w-36 truncate" title={session.userAgent}>
                    {browserName(session.userAgent)}
                  </td>
                  <td className="mono max-w-36 truncate">{session.address ?? '–'}</td>
                  <td className="num" title={`${say.settings.created} ${exactly(Date.parse(session.createdAt))}`}>
                    {moment(Date.parse(session.lastSeenAt), now)}
                  </td>
                  <td className="text-end">
                    {session.current ? (
                      <span className="note">{say.settings.thisOne}</span>
                    ) : (
                      <button
                        type="button"
                        className="btn quiet"
                        disabled={end.isPending}
                        onClick={() => end.mutate(session.id, { onError: complain })}
                      >
                        {say.settings.revoke}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
    </Panel>
  );
}
