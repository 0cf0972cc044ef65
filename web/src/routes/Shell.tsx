import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useMatches, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { onSessionEnded } from '../api/http';
import { onLiveSignedOut, useFeed, useLive, useTopics } from '../data/feed';
import { serverQuery, userQuery } from '../data/queries';
import { liveAgain, useRange } from '../data/useRange';
import { SignInAgain } from '../features/accounts/SignInAgain';
import { OfflineBanner, ServerBanners } from '../features/shell/Banners';
import { KeyHelp } from '../features/shell/KeyHelp';
import { LiveButton } from '../features/shell/LiveButton';
import { RunChip } from '../features/shell/RunChip';
import { TimePicker } from '../features/shell/TimePicker';
import { say } from '../messages/en';
import { Icon, Logo } from '../parts/Icon';
import { useKeys } from '../parts/keys';
import { nextTheme, setTheme, useTheme } from '../parts/theme';
import { useShownTitle } from '../parts/title';
import { Toasts } from '../parts/toasts';
import { bytes, text } from '../units/quantity';
import { stepRange, writeRange, zoomRange } from '../units/range';

const NAV = [
  { to: '/', icon: 'overview', label: say.nav.overview, short: say.nav.overview },
  { to: '/speed', icon: 'speed', label: say.nav.speed, short: say.nav.speedShort },
  { to: '/monitors', icon: 'monitor', label: say.nav.monitors, short: say.nav.monitors },
  { to: '/settings', icon: 'settings', label: say.nav.settings, short: say.nav.settings },
] as const;
const GROUP_ENDS = new Set(['/', '/monitors']);
/** Pages whose panels follow the time range. */
const RANGED = new Set(['/shell/', '/shell/monitors', '/shell/monitors/$id']);

export function Shell() {
  const [ended, setEnded] = useState(false);
  const [keysOpen, setKeysOpen] = useState(false);
  const ranged = RANGED.has(useMatches().at(-1)?.routeId ?? '');
  useFeed();
  useTopics('runs,monitors');
  useEffect(() => {
    const drops = [onSessionEnded(() => setEnded(true)), onLiveSignedOut(() => setEnded(true))];
    return () => {
      for (const drop of drops) drop();
    };
  }, []);
  useShellKeys(ranged, () => setKeysOpen(true));
  return (
    <>
      <button
        type="button"
        className="btn primary fixed top-2 left-3 z-40 -translate-y-20 focus:translate-y-0"
        onClick={() => document.getElementById('main')?.focus()}
      >
        {say.nav.skip}
      </button>
      <div className="min-h-dvh tablet:grid tablet:grid-cols-[56px_minmax(0,1fr)] desk:grid-cols-[176px_minmax(0,1fr)]">
        <Rail />
        <div className="min-w-0">
          <TopBar ranged={ranged} onKeys={() => setKeysOpen(true)} />
          <main
            id="main"
            tabIndex={-1}
            className="grid max-w-[1760px] content-start gap-3 px-4 pt-3 pb-5 outline-none max-tablet:px-2.5 max-tablet:pb-24"
          >
            <ServerBanners />
            <Outlet />
          </main>
        </div>
      </div>
      <BottomBar />
      <OfflineBanner />
      <Toasts />
      {keysOpen && <KeyHelp onClose={() => setKeysOpen(false)} />}
      {ended && <SignInAgain onSignedIn={() => setEnded(false)} />}
    </>
  );
}

function useShellKeys(ranged: boolean, openKeys: () => void): void {
  const navigate = useNavigate();
  const theme = useTheme();
  const { range, live, now, show } = useRange();
  const middle = (range.from + range.to) / 2;
  useKeys({
    'g o': () => void navigate({ to: '/' }),
    'g s': () => void navigate({ to: '/speed' }),
    'g m': () => void navigate({ to: '/monitors' }),
    'g ,': () => void navigate({ to: '/settings' }),
    '?': openKeys,
    t: () => setTheme(nextTheme(theme)),
    ...(ranged && {
      ',': () => show(stepRange(range, -1, now)),
      '‹': () => show(stepRange(range, -1, now)),
      '.': () => show(stepRange(range, 1, now)),
      '›': () => show(stepRange(range, 1, now)),
      '+': () => show(zoomRange(range, 0.5, live ? range.to : middle, now)),
      '-': () => show(zoomRange(range, 2, live ? range.to : middle, now)),
      l: () => show(live ? writeRange(range) : liveAgain(range)),
    }),
  });
}

function Rail() {
  const { data: server } = useQuery(serverQuery);
  const { data: user } = useQuery(userQuery);
  const { state } = useLive();
  const failing = server?.monitors.failing ?? 0;
  const size = server?.database.sizeBytes ?? server?.series.sizeBytes;
  return (
    <aside className="sticky top-0 flex h-dvh flex-col border-e border-line bg-sunk px-2.5 pt-3.5 pb-3 max-desk:px-1.5 max-tablet:hidden">
      <Link
        to="/"
        className="flex items-center gap-2.5 px-1.5 pt-0.5 pb-4 text-[0.9375rem] font-[600] max-desk:justify-center"
        style={{ fontStretch: '108%' }}
        aria-label={say.product}
      >
        <Logo swinging={state === 'open'} />
        <span className="max-desk:hidden">{say.product}</span>
      </Link>
      <nav aria-label={say.nav.main} className="flex flex-col gap-px">
        {NAV.map(({ to, icon, label }) => (
          <div key={to} className="contents">
            <Link
              to={to}
              activeOptions={{ exact: to === '/', includeSearch: false }}
              title={label}
              className="group relative flex h-[34px] items-center gap-2.5 rounded-[5px] px-2 font-[480] text-text-2 hover:bg-raised hover:text-text aria-[current]:bg-panel aria-[current]:text-text aria-[current]:before:absolute aria-[current]:before:inset-y-2 aria-[current]:before:-left-2.5 aria-[current]:before:w-0.5 aria-[current]:before:bg-brass max-desk:justify-center max-desk:px-0"
            >
              <Icon name={icon} className="text-text-3 group-aria-[current]:text-brass" />
              <span className="max-desk:sr-only">{label}</span>
            </Link>
            {GROUP_ENDS.has(to) && <hr className="mx-2 my-2.5 border-line" />}
          </div>
        ))}
      </nav>
      <div className="note mt-auto grid gap-1 border-t border-line px-2 pt-2.5 max-desk:hidden">
        {server && (
          <>
            <span>
              <span className={failing > 0 ? 'warn' : server.monitors.measuring > 0 ? 'ok' : ''} aria-hidden="true">
                ●
              </span>{' '}
              {failing > 0
                ? say.shell.failing(failing)
                : server.monitors.measuring > 0
                  ? say.shell.measuring(server.monitors.measuring)
                  : say.shell.nothing}
            </span>
            <span>
              {server.database.status === 'away'
                ? say.shell.away
                : size === undefined
                  ? server.database.kind
                  : say.shell.store(text(bytes(size)))}
            </span>
          </>
        )}
        <span className="truncate">{user?.username}</span>
      </div>
    </aside>
  );
}

function TopBar({ ranged, onKeys }: { ranged: boolean; onKeys: () => void }) {
  const { title, parent } = useShownTitle();
  const theme = useTheme();
  return (
    <header className="sticky top-0 z-5 flex h-[52px] items-center gap-2.5 border-b border-line bg-bg px-4 max-tablet:gap-2 max-tablet:px-2.5">
      <div className="min-w-0 truncate text-[0.9375rem] font-[560]">
        {parent && (
          <span className="font-[450] text-text-3 max-tablet:hidden">
            <Link to={parent.to}>{parent.title}</Link> /{' '}
          </span>
        )}
        {title}
      </div>
      <span className="flex-1" />
      <RunChip />
      {ranged && <TimePicker />}
      {ranged && <LiveButton />}
      <button
        type="button"
        className="btn icon max-tablet:hidden!"
        title={say.shell.keys}
        aria-label={say.shell.keys}
        onClick={onKeys}
      >
        ?
      </button>
      <button
        type="button"
        className="btn icon max-tablet:hidden!"
        title={say.shell.theme(say.shell.themes[theme])}
        aria-label={say.shell.theme(say.shell.themes[theme])}
        onClick={() => setTheme(nextTheme(theme))}
      >
        <Icon name="theme" />
      </button>
    </header>
  );
}

function BottomBar() {
  return (
    <nav
      aria-label={say.nav.main}
      className="fixed inset-x-0 bottom-0 z-8 grid grid-cols-4 border-t border-line bg-sunk px-1 pt-0.5 pb-[max(6px,env(safe-area-inset-bottom))] tablet:hidden"
    >
      {NAV.map(({ to, icon, short }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          className="group relative grid min-h-[52px] content-center justify-items-center gap-0.5 text-[0.71875rem] leading-[0.875rem] text-text-2 aria-[current]:text-text aria-[current]:before:absolute aria-[current]:before:inset-x-[30%] aria-[current]:before:-top-[3px] aria-[current]:before:h-0.5 aria-[current]:before:bg-brass"
        >
          <Icon name={icon} className="group-aria-[current]:text-brass" />
          {short}
        </Link>
      ))}
    </nav>
  );
}
