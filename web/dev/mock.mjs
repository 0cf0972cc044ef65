// Long because it is one invented world: every route of the API beside the figures it answers with.
// A stand-in for the server while the page is being developed: invented figures, nothing kept, never shipped.
// node dev/mock.mjs [port] [base path] — serves web/dist with the product's CSP, and the API below it.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const port = Number(process.argv[2] ?? 7575);
const base = process.argv[3] ?? '/';
const fault = process.env.MOCK ?? '';
const dist = new URL('../dist/', import.meta.url).pathname;
const CSP =
  "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'";
const HOUR = 3_600_000;
const startedAt = Date.now() - 26 * HOUR;

const random = (seed) => {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};
const hash = (a, b) => random(a * 7919 + Math.floor(b))();

const NAMES = [
  ['Gateway', '192.0.2.1', 470, 0.02],
  ['ISP edge', '198.51.100.1', 7100, 0.1],
  ['ISP resolver', '198.51.100.53', 7600, 0.1],
  ['Far end A', 'far-end-a.example', 12_400, 0.14],
  ['Far end B', '203.0.113.77', 24_800, 0.12],
  ['Mirror, same city', 'mirror.example', 14_300, 0.1],
  ['Branch via WAN 2', '2001:db8:2::10', 34_000, 0.05],
];
let nextId = NAMES.length + 1;
const monitors = NAMES.map(([name, target, baseUs, noise], i) => made(i + 1, { name, target }, baseUs, noise));
if (fault === 'empty') monitors.length = 0;

function made(id, definition, baseUs = 9000 + id * 700, noise = 0.1) {
  const now = new Date().toISOString();
  return {
    baseUs,
    noise,
    view: {
      id,
      kind: 'icmp',
      enabled: true,
      every: '5s',
      packets: 1,
      spacingMs: 1000,
      deadlineMs: 3000,
      sizeBytes: 56,
      dscp: 0,
      family: 'any',
      createdAt: now,
      updatedAt: now,
      state: {
        status: 'measuring',
        since: new Date(startedAt).toISOString(),
        address: definition.target.includes('example') ? '203.0.113.10' : definition.target,
        clock: 'kernel',
      },
      ...definition,
      name: definition.name || definition.target,
    },
  };
}

/** One probe: a day's curve, queueing, a fault at the ISP in the last 70 minutes, a restart gap at night. */
function probe(monitor, at) {
  const { baseUs, noise } = monitor;
  const id = monitor.view.id;
  const age = Date.now() - at;
  const spike = hash(id, at / 1000);
  const shift = Math.floor(at / (9 * HOUR)) % 2 === 0 && id > 3 && id < 6 ? baseUs * 0.24 : 0;
  const evening = Math.max(0, Math.cos(((age / (24 * HOUR)) % 1) * 6.283)) ** 3;
  const faulty = fault !== 'quiet' && id > 1 && id < 7 && age < 70 * 60_000;
  if (hash(id + 50, at / 777) < (faulty ? 0.073 : 0.0008)) return null;
  const queue = -Math.log(hash(id + 9, at / 333) + 1e-6) * baseUs * noise * (spike < 0.3 ? 1 : 0.25) * (1 + 4 * evening);
  return Math.round(baseUs + shift + queue + (faulty ? 6000 + queue * 2 : 0));
}
const gapFrom = Math.floor((Date.now() - 16 * HOUR) / HOUR) * HOUR;
const gapTo = gapFrom + 50 * 60_000;
const measured = (at) => at < Date.now() && !(at >= gapFrom && at < gapTo) && at > startedAt - 60 * 24 * HOUR;

const quantile = (sorted, q) =>
  sorted.length ? sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] : null;
const NAMES_OF = { minUs: 0, p10Us: 0.1, p25Us: 0.25, p50Us: 0.5, p75Us: 0.75, p90Us: 0.9, p95Us: 0.95, p99Us: 0.99, maxUs: 1 };

function rtt(monitor, from, to, columns) {
  const everyMs = 5000;
  const probes = (to - from) / everyMs;
  const single = probes <= columns;
  const step = single ? everyMs : Math.ceil((to - from) / columns / 1000) * 1000;
  const out = {
    from: iso(from),
    to: iso(to),
    stepMs: step,
    resolution: single ? 'probes' : 'raw',
    t: [],
    sent: [],
    lost: [],
    gaps: [],
  };
  for (const name of Object.keys(NAMES_OF)) out[name] = [];
  const all = [];
  let sent = 0;
  let lost = 0;
  const start = Math.ceil(from / step) * step;
  for (let at = start; at < to; at += step) {
    if (!measured(at)) continue;
    const values = [];
    const n = single ? 1 : Math.min(60, Math.max(1, Math.round(step / everyMs)));
    for (let i = 0; i < n; i++) values.push(probe(monitor, at + (i * step) / n));
    const answered = values.filter((v) => v !== null).sort((a, b) => a - b);
    out.t.push(at - from);
    out.sent.push(n);
    out.lost.push(n - answered.length);
    for (const [name, q] of Object.entries(NAMES_OF)) out[name].push(quantile(answered, q));
    sent += n;
    lost += n - answered.length;
    all.push(...answered);
  }
  if (gapFrom < to && gapTo > from)
    out.gaps.push({ from: iso(Math.max(from, gapFrom)), to: iso(Math.min(to, gapTo)), reason: 'serverRestarted' });
  all.sort((a, b) => a - b);
  const mean = all.reduce((a, b) => a + b, 0) / (all.length || 1);
  const ms = (us) => (us === null ? null : us / 1000);
  out.summary = {
    sent,
    lost,
    lossRatio: sent ? lost / sent : null,
    lossReasons: { timeout: lost },
    rttMs: all.length
      ? {
          min: ms(all[0]),
          p50: ms(quantile(all, 0.5)),
          p95: ms(quantile(all, 0.95)),
          p99: ms(quantile(all, 0.99)),
          max: ms(all.at(-1)),
          mean: ms(mean),
          stddev: ms(Math.sqrt(all.reduce((a, b) => a + (b - mean) ** 2, 0) / all.length)),
        }
      : null,
    jitterMs: all.length ? (mean / 1000) * monitor.noise : null,
    measuredRatio: 0.969,
  };
  return out;
}

function beats(from, to, slots) {
  const items = monitors.map((monitor) => {
    const step = (to - from) / slots;
    const row = { id: monitor.view.id, p50Us: [], p95Us: [], sent: [], lost: [] };
    const all = [];
    for (let i = 0; i < slots; i++) {
      const at = from + i * step;
      const values = measured(at) ? Array.from({ length: 40 }, (_, k) => probe(monitor, at + (k * step) / 40)) : [];
      const good = values.filter((v) => v !== null).sort((a, b) => a - b);
      all.push(...good);
      row.sent.push(values.length);
      row.lost.push(values.length - good.length);
      row.p50Us.push(quantile(good, 0.5));
      row.p95Us.push(quantile(good, 0.95));
    }
    all.sort((a, b) => a - b);
    const sum = (list) => list.reduce((a, b) => a + b, 0);
    return {
      ...row,
      p50Ms: all.length ? quantile(all, 0.5) / 1000 : null,
      p95Ms: all.length ? quantile(all, 0.95) / 1000 : null,
      totalSent: sum(row.sent),
      totalLost: sum(row.lost),
    };
  });
  return { from: iso(from), to: iso(to), stepMs: (to - from) / slots, items };
}

const iso = (at) => new Date(at).toISOString();
const servers = [
  { id: 1, name: 'Metro Fibre', host: 'test.metro.example', port: 5201, createdAt: iso(startedAt), updatedAt: iso(startedAt) },
  { id: 2, name: 'far-end-a', host: 'far-end-a.example', port: 5201, createdAt: iso(startedAt), updatedAt: iso(startedAt) },
];
let runs = [];
for (let i = 0; i < 84 && fault !== 'empty'; i++) {
  const at = Date.now() - (i + 0.3) * 2 * HOUR;
  const slow = (new Date(at).getHours() + 4) % 24 < 6 ? 0.82 : 1;
  const bad = i === 6 || i === 33;
  const down = (915e6 + 40e6 * hash(3, i)) * slow * (i === 0 ? 0.9 : 1);
  const up = 100e6 + 5e6 * hash(4, i);
  runs.push({
    id: 84 - i,
    provider: 'iperf3',
    server: servers[i % 3 === 0 ? 1 : 0],
    options: { direction: 'both', seconds: 10, streams: 4, omitSeconds: 0 },
    status: bad ? 'failed' : 'completed',
    createdAt: iso(at),
    startedAt: iso(at),
    finishedAt: iso(at + 20_000),
    ...(bad
      ? { error: { reason: 'busy', message: 'The server is busy with another test.' } }
      : {
          download: { bitsPerSecond: down, bytesReceived: (down / 8) * 10, seconds: 10 },
          upload: { bitsPerSecond: up, bytesSent: (up / 8) * 10, bytesReceived: (up / 8) * 10, seconds: 10, retransmits: i * 3 },
        }),
  });
}
if (fault === 'empty') servers.length = 0;
const intervalsOf = (run) =>
  ['download', 'upload'].flatMap((phase) =>
    run[phase]
      ? Array.from({ length: 20 }, (_, i) => ({
          phase,
          fromMs: i * 500,
          toMs: i * 500 + 500,
          bitsPerSecond: run[phase].bitsPerSecond * (i < 3 ? 0.3 + i * 0.25 : 0.96 + 0.08 * hash(run.id, i)),
          omitted: false,
        }))
      : [],
  );

let users = fault === 'first' ? [] : ['admin'];
const serverFacts = () => ({
  version: '0.1.0-dev',
  startedAt: iso(startedAt),
  now: iso(Date.now()),
  zone: 'Europe/Oslo',
  baseUrl: base,
  monitors: {
    total: monitors.length,
    measuring: monitors.filter((m) => m.view.enabled).length,
    paused: monitors.filter((m) => !m.view.enabled).length,
    failing: 0,
  },
  database:
    fault === 'database'
      ? { kind: 'postgres', status: 'away', since: iso(Date.now() - 4 * 60_000), reason: 'connection refused' }
      : { kind: 'sqlite', status: 'ready', sizeBytes: 41_000_000 },
  series: {
    pendingSamples: fault === 'database' ? 3360 : 0,
    droppedSamples: 0,
    lastCommitAt: iso(Date.now() - 100),
    sizeBytes: 38_400_000,
  },
  icmp:
    fault === 'permission'
      ? { status: 'noPermission', reason: 'Raw sockets are refused. Grant it with: setcap cap_net_raw+ep netronome' }
      : { status: 'ready', mode: 'raw', clock: 'kernel' },
});

const streams = new Set();
let sequence = 0;
function publish(topics, event, data) {
  sequence += 1;
  for (const stream of streams) {
    if (topics.some((topic) => stream.topics.includes(topic)))
      stream.response.write(`id: m-${sequence}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }
}
setInterval(() => {
  for (const monitor of monitors.filter((one) => one.view.enabled)) {
    const at = Date.now() - 20;
    const rttUs = probe(monitor, at);
    publish([`monitor/${monitor.view.id}`, 'monitor/*'], 'probes', {
      monitor: monitor.view.id,
      t: [at],
      rttUs: [rttUs],
      loss: [rttUs === null ? 'timeout' : null],
    });
  }
}, 1000);
setInterval(() => {
  for (const { response } of streams) response.write(': beat\n\n');
}, 15_000);

function startRun(body) {
  const server = servers.find((one) => one.id === body.serverId) ?? servers[0];
  const { direction = 'both', seconds = 10, streams: n = 4 } = body;
  const run = {
    id: runs.length + 1,
    provider: 'iperf3',
    server,
    options: { direction, seconds, streams: n, omitSeconds: 0 },
    status: 'running',
    phase: direction === 'upload' ? 'upload' : 'download',
    createdAt: iso(Date.now()),
    startedAt: iso(Date.now()),
  };
  runs = [run, ...runs];
  const phases = direction === 'both' ? ['download', 'upload'] : [direction];
  let tick = 0;
  const timer = setInterval(() => {
    const perPhase = seconds * 2;
    const phase = phases[Math.floor(tick / perPhase)];
    if (run.status !== 'running' || !phase) {
      clearInterval(timer);
      if (run.status === 'running') {
        run.status = 'completed';
        for (const one of phases)
          run[one] = { bitsPerSecond: one === 'download' ? 874e6 : 101e6, bytesReceived: 1e9, bytesSent: 1.01e9, seconds };
      }
      run.finishedAt = iso(Date.now());
      publish(['runs', `run/${run.id}`], 'run', run);
      return;
    }
    run.phase = phase;
    const i = tick % perPhase;
    const top = phase === 'download' ? 900e6 : 102e6;
    publish(['runs', `run/${run.id}`], 'progress', {
      id: run.id,
      status: 'running',
      phase,
      fromMs: i * 500,
      toMs: i * 500 + 500,
      bitsPerSecond: top * Math.min(1, 0.25 + i * 0.2) * (0.95 + 0.1 * Math.random()),
      omitted: false,
      fraction: tick / (perPhase * phases.length),
    });
    tick += 1;
  }, 500);
  publish(['runs'], 'run', run);
  return run;
}

const problem = (status, message, errors) => [
  status,
  {
    type: 'about:blank',
    title: 'Problem',
    status,
    detail: message,
    error: 'mock',
    message,
    ...(errors ? { errors } : {}),
    traceId: 'mock-1',
  },
];

async function api(method, path, query, body, signedIn) {
  if (path === 'auth/status') return [200, { hasUsers: users.length > 0, oidcConfigured: false, oidcReady: false }];
  if (path === 'auth/login' || path === 'auth/register') {
    if (path === 'auth/login' && body.password === 'wrong') return problem(401, 'Invalid credentials');
    if (path === 'auth/register') users = [body.username];
    return [
      path === 'auth/login' ? 200 : 201,
      { user: { id: 1, username: body.username } },
      { 'set-cookie': 'netronome_session=mock; Path=/; HttpOnly' },
    ];
  }
  if (!signedIn) return problem(401, 'Not signed in');
  if (path === 'auth/logout') return [200, { message: 'ok' }, { 'set-cookie': 'netronome_session=; Path=/; Max-Age=0' }];
  if (path === 'auth/user') return [200, { user: { id: 1, username: users[0] ?? 'admin' } }];
  if (path === 'auth/sessions')
    return [
      200,
      {
        items: [
          {
            id: 'a',
            createdAt: iso(startedAt),
            lastSeenAt: iso(Date.now()),
            address: '127.0.0.1',
            userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140',
            current: true,
          },
          {
            id: 'b',
            createdAt: iso(startedAt),
            lastSeenAt: iso(startedAt + HOUR),
            address: '192.0.2.7',
            userAgent: 'Mozilla/5.0 (iPhone) Safari/605',
            current: false,
          },
        ],
      },
    ];
  if (path === 'auth/password') return body.current === 'wrong' ? problem(403, 'The current password is wrong.') : [204];
  if (path === 'server') return [200, serverFacts()];
  if (path === 'monitors' && method === 'GET')
    return [
      200,
      {
        items: monitors.map((one) => ({
          ...one.view,
          last24h: { sent: 17_280, lost: 12, lossRatio: 12 / 17_280, p50Ms: one.baseUs / 1000, p95Ms: one.baseUs / 800 },
        })),
      },
    ];
  if (path === 'monitors') {
    if (body.target === 'refused.example')
      return problem(422, 'The definition has faults.', [
        { pointer: '#/target', code: 'denied', detail: 'This address may not be probed.' },
      ]);
    monitors.push(made(nextId++, body));
    return [201, monitors.at(-1).view];
  }
  if (path === 'monitors/try')
    return [
      200,
      {
        address: '203.0.113.10',
        clock: 'kernel',
        sent: 5,
        received: 4,
        results: [12_300, 12_810, null, 12_250, 13_400].map((rttUs) => ({ rttUs, loss: rttUs === null ? 'timeout' : null })),
      },
    ];
  const from = Date.parse(query.get('from') ?? '');
  const to = Date.parse(query.get('to') ?? '');
  if (path === 'monitors/beats') return [200, beats(from, to, Number(query.get('slots') ?? 96))];
  const monitor = /^monitors\/(\d+)(?:\/(\w+))?$/.exec(path);
  if (monitor) {
    const one = monitors.find((m) => m.view.id === Number(monitor[1]));
    if (!one) return problem(404, 'No such monitor.');
    if (monitor[2] === 'rtt') return [200, rtt(one, from, to, Number(query.get('columns') ?? 600))];
    if (monitor[2] === 'pause' || monitor[2] === 'resume') {
      one.view.enabled = monitor[2] === 'resume';
      one.view.state = { ...one.view.state, status: one.view.enabled ? 'measuring' : 'paused', since: iso(Date.now()) };
    } else if (method === 'DELETE') {
      monitors.splice(monitors.indexOf(one), 1);
      return [204];
    } else if (method === 'PUT') Object.assign(one.view, body);
    return [200, one.view];
  }
  if (path === 'iperf/servers') {
    if (method === 'POST')
      servers.push({ id: servers.length + 1, ...body, createdAt: iso(Date.now()), updatedAt: iso(Date.now()) });
    return method === 'POST' ? [201, { message: 'ok', server: servers.at(-1) }] : [200, servers];
  }
  const server = /^iperf\/servers\/(\d+)$/.exec(path);
  if (server) {
    const at = servers.findIndex((one) => one.id === Number(server[1]));
    if (method === 'DELETE') servers.splice(at, 1);
    else Object.assign(servers[at], body);
    return [200, { message: 'ok', server: servers[at] }];
  }
  if (path === 'speed-tests') return method === 'POST' ? [202, startRun(body)] : [200, { items: runs }];
  const run = /^speed-tests\/(\d+)(\/cancel)?$/.exec(path);
  if (run) {
    const one = runs.find((r) => r.id === Number(run[1]));
    if (!one) return problem(404, 'No such run.');
    if (method === 'DELETE') {
      runs = runs.filter((r) => r !== one);
      return [204];
    }
    if (run[2]) {
      one.status = 'cancelled';
      return [202, one];
    }
    return [200, { ...one, intervals: intervalsOf(one) }];
  }
  return problem(404, 'No such route.');
}

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

function page(path, response) {
  const file = normalize(join(dist, path));
  const headers = { 'content-security-policy': CSP, 'x-content-type-options': 'nosniff' };
  if (file.startsWith(dist) && existsSync(file) && statSync(file).isFile() && !file.endsWith('index.html')) {
    response.writeHead(200, { ...headers, 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
    return;
  }
  response.writeHead(200, { ...headers, 'content-type': TYPES['.html'] });
  response.end(readFileSync(join(dist, 'index.html'), 'utf8').replace('<base href="/">', `<base href="${base}">`));
}

createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://mock');
  if (!url.pathname.startsWith(base)) {
    response.writeHead(404).end();
    return;
  }
  const path = url.pathname.slice(base.length);
  if (!path.startsWith('api/')) {
    page(path, response);
    return;
  }
  const signedIn = /netronome_session=mock/.test(request.headers.cookie ?? '');
  if (path === 'api/live') {
    if (!signedIn) {
      response.writeHead(401).end();
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 3000\n\n');
    const stream = { response, topics: (url.searchParams.get('topics') ?? '').split(',') };
    streams.add(stream);
    request.on('close', () => streams.delete(stream));
    return;
  }
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  const [status, answer, headers = {}] = await api(request.method, path.slice(4), url.searchParams, body, signedIn);
  response.writeHead(status, { 'content-type': status >= 400 ? 'application/problem+json' : 'application/json', ...headers });
  response.end(answer === undefined ? undefined : JSON.stringify(answer));
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}${base}`));
