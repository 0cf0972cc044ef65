import { useQuery } from '@tanstack/react-query';
import { live, useLive } from '../../data/feed';
import { serverQuery } from '../../data/queries';
import { useNow } from '../../data/time';
import { say } from '../../messages/en';
import { count } from '../../units/quantity';
import { clockSeconds, moment } from '../../units/when';

/** Lies over the page below the top bar, so that nothing moves when the connection goes and comes. */
export function OfflineBanner() {
  const { state, heardAt, retryAt } = useLive();
  const now = useNow(1000);
  if (state !== 'lost') return null;
  const seconds = Math.ceil(((retryAt ?? now) - Date.now()) / 1000);
  return (
    <div
      role="alert"
      className="popup fixed top-[58px] right-4 left-4 z-20 mx-auto flex max-w-[640px] items-center gap-3 border-warn! px-3 py-2"
    >
      <span className="warn" aria-hidden="true">
        ▲
      </span>
      <span className="flex-1">
        {say.shell.offline(clockSeconds(heardAt))}{' '}
        <span className="num text-text-2">{seconds > 0 ? say.shell.retryIn(seconds) : say.shell.retrying}</span>
      </span>
      <button type="button" className="btn" onClick={() => live.retryNow()}>
        {say.shell.retry}
      </button>
    </div>
  );
}

/** Names the part of the server that does not work; the rest of the page stays. */
export function ServerBanners() {
  const { data: server } = useQuery(serverQuery);
  if (!server) return null;
  const { database, series, icmp } = server;
  return (
    <>
      {database.status === 'away' && (
        <div className="banner crit" role="alert">
          <span className="crit">✕</span>{' '}
          {say.shell.databaseAway(
            database.since ? moment(Date.parse(database.since), Date.now()) : '',
            say.probes(series.pendingSamples),
          )}{' '}
          {database.reason && <span className="text-text-2">{database.reason}</span>}
        </div>
      )}
      {(icmp.status === 'noPermission' || icmp.status === 'unsupported') && (
        <div className="banner warn" role="alert">
          <span className="warn">▲</span> {say.shell.noPermission}: {icmp.reason ?? icmp.status}
        </div>
      )}
      {series.droppedSamples > 0 && (
        <div className="banner warn">
          <span className="warn">▲</span> {say.shell.dropped(series.droppedSamples)}
          <span className="sr-only">{count(series.droppedSamples)}</span>
        </div>
      )}
    </>
  );
}
