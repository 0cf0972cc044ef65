import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { basePath, Problem } from './api/http';
import { authStatusQuery, queryClient, userQuery } from './data/queries';
import { NotFound, PageFailure } from './routes/Fallbacks';
import { Overview } from './routes/Overview';
import { Shell } from './routes/Shell';

export interface RangeSearch {
  from?: string | undefined;
  to?: string | undefined;
}
export interface ListSearch extends RangeSearch {
  q?: string | undefined;
  sort?: 'worst' | undefined;
}
export interface MonitorSearch extends RangeSearch {
  view?: 'percentiles' | 'table' | undefined;
  y?: 'log' | undefined;
}
export interface SpeedSearch {
  show?: 'completed' | 'failed' | undefined;
}

const word = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' && value.length < 200 ? value : undefined;
const oneOf = <T extends string>(value: unknown, allowed: readonly T[]): T | undefined => allowed.find((one) => one === value);
const rangeOf = (search: Record<string, unknown>): RangeSearch => ({ from: word(search.from), to: word(search.to) });

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search: Record<string, unknown>) => ({ next: word(search.next) }),
  component: lazyRouteComponent(() => import('./routes/Login'), 'Login'),
});
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: lazyRouteComponent(() => import('./routes/Register'), 'Register'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  validateSearch: rangeOf,
  search: { middlewares: [retainSearchParams(['from', 'to'])] },
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(userQuery);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      const { hasUsers } = await queryClient.fetchQuery(authStatusQuery);
      if (!hasUsers) throw redirect({ to: '/register' });
      throw redirect({ to: '/login', search: { next: location.pathname === '/' ? undefined : location.href } });
    }
  },
  component: Shell,
  errorComponent: PageFailure,
});

const page = <P extends string>(path: P) => ({ getParentRoute: () => shell, path }) as const;
const overview = createRoute({ ...page('/'), component: Overview });
const monitors = createRoute({
  ...page('/monitors'),
  validateSearch: (search: Record<string, unknown>): ListSearch => ({ q: word(search.q), sort: oneOf(search.sort, ['worst']) }),
  component: lazyRouteComponent(() => import('./routes/Monitors'), 'Monitors'),
});
const monitorNew = createRoute({
  ...page('/monitors/new'),
  component: lazyRouteComponent(() => import('./routes/MonitorEdit'), 'MonitorNew'),
});
const monitor = createRoute({
  ...page('/monitors/$id'),
  validateSearch: (search: Record<string, unknown>): MonitorSearch => ({
    view: oneOf(search.view, ['percentiles', 'table']),
    y: oneOf(search.y, ['log']),
  }),
  component: lazyRouteComponent(() => import('./routes/Monitor'), 'MonitorPage'),
});
const monitorEdit = createRoute({
  ...page('/monitors/$id/edit'),
  component: lazyRouteComponent(() => import('./routes/MonitorEdit'), 'MonitorEdit'),
});
const speed = createRoute({
  ...page('/speed'),
  validateSearch: (search: Record<string, unknown>): SpeedSearch => ({ show: oneOf(search.show, ['completed', 'failed']) }),
  component: lazyRouteComponent(() => import('./routes/Speed'), 'Speed'),
});
const speedServers = createRoute({
  ...page('/speed/servers'),
  component: lazyRouteComponent(() => import('./routes/SpeedServers'), 'SpeedServers'),
});
const speedRun = createRoute({
  ...page('/speed/runs/$id'),
  component: lazyRouteComponent(() => import('./routes/SpeedRun'), 'SpeedRun'),
});
const settings = createRoute({
  ...page('/settings'),
  component: lazyRouteComponent(() => import('./routes/Settings'), 'Settings'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    login,
    register,
    shell.addChildren([overview, monitors, monitorNew, monitor, monitorEdit, speed, speedServers, speedRun, settings]),
  ]),
  basepath: basePath,
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailure,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
