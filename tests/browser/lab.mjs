// What the browser tests stand on: the built program in a folder of its own, a real iperf3 server, and Chromium.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
// The tests share the page's packages, so that there is one lock file.
const require = createRequire(join(repository, 'web', 'package.json'));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const CHROMIUM = process.env.NETRONOME_CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE_MS = 30_000;

/** The program under test: the environment names it, else the newest build. */
export function programPath() {
  const named = process.env.NETRONOME_PROGRAM;
  if (named) return named;
  const built = ['publish/linux-x64', 'bin/Netronome/release', 'bin/Netronome/debug']
    .map((folder) => join(repository, 'artifacts', folder, 'netronome'))
    .filter((path) => existsSync(path));
  if (built.length === 0) throw new Error('No built program found: build Netronome.slnx or set NETRONOME_PROGRAM.');
  return built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** What keeps the browser tests from running here; undefined when nothing does. */
export function missing() {
  if (!existsSync(CHROMIUM)) return `${CHROMIUM} is missing (Debian: apt install chromium)`;
  if (!existsSync('/usr/bin/iperf3')) return '/usr/bin/iperf3 is missing (Debian: apt install iperf3)';
  return undefined;
}

export async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** `netronome serve` on a temporary folder; it can be stopped and started again on the same data. */
export class Program {
  #child;
  #log = '';

  constructor(port, basePath, folder) {
    this.port = port;
    this.basePath = basePath;
    this.folder = folder;
  }

  static async start({ basePath = '/' } = {}) {
    const program = new Program(await freePort(), basePath, mkdtempSync(join(tmpdir(), 'netronome-browser-')));
    try {
      await program.run();
    } catch (error) {
      await program.dispose();
      throw error;
    }
    return program;
  }

  get url() {
    return `http://127.0.0.1:${this.port}${this.basePath}`;
  }

  async run() {
    const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NETRONOME_')));
    this.#child = spawn(programPath(), ['serve'], {
      cwd: this.folder,
      env: {
        ...environment,
        NETRONOME__HOST: '127.0.0.1',
        NETRONOME__PORT: String(this.port),
        NETRONOME__BASE_URL: this.basePath,
        NETRONOME__DB_PATH: join(this.folder, 'netronome.db'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (chunk) => {
        this.#log += chunk;
      });
    }
    await until(async () => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw new Error(`The program ended with ${this.#child.exitCode}:\n${this.#log}`);
      return (await fetch(`${this.url}health`).catch(() => undefined))?.ok;
    }, 'the program to answer');
  }

  /** SIGTERM, and wait for the end; returns the exit code. */
  async stop() {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = await ended;
    return code;
  }

  async dispose() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Debian's `iperf3 -s` on loopback. */
export async function startIperf3() {
  const port = await freePort();
  const child = spawn('/usr/bin/iperf3', ['-s', '-B', '127.0.0.1', '-p', String(port), '--forceflush'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return {
    port,
    async stop() {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Asks `check` until it is true; a failure names what was waited for. */
export async function until(check, what, patienceMs = PATIENCE_MS) {
  const end = Date.now() + patienceMs;
  for (;;) {
    if (await check()) return;
    if (Date.now() > end) throw new Error(`Waited ${patienceMs} ms for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: FLAGS });

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A fresh visitor. What the page complains about in the console, and what the CSP blocks, is kept in `complaints`. */
export async function visit(browser, { viewport = DESKTOP, theme = 'dark', storageState } = {}) {
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'Europe/Oslo',
    deviceScaleFactor: viewport.width < 500 ? 2 : 1,
    ...(storageState ? { storageState } : {}),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    // A refused request is shown by the browser itself; the page's own words are what matters here.
    if (message.type() === 'error' && !/Failed to load resource|ERR_CONNECTION|net::ERR/.test(message.text())) complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** Violations of WCAG 2.2 AA that axe finds, as readable lines. */
export async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } }),
  );
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((node) => `${node.target} ${node.failureSummary?.split('\n')[1] ?? ''}`).join('\n    ')}`);
}

const PICTURES = join(repository, 'docs', 'images');

/** Takes a picture for docs/images when UPDATE_PICTURES=1. */
export async function picture(page, name) {
  if (process.env.UPDATE_PICTURES !== '1') return;
  mkdirSync(PICTURES, { recursive: true });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

export const ACCOUNT = { username: 'operator', password: 'correct horse battery' };

export async function register(page, url) {
  await page.goto(url);
  await page.waitForURL(/\/register$/);
  await page.getByLabel('Name').fill(ACCOUNT.username);
  await page.getByRole('textbox', { name: 'Password' }).fill(ACCOUNT.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { level: 1, name: /Cannot tell yet/ }).waitFor();
}

export async function addMonitor(page, url, { name, target, every = '1s' }) {
  await page.goto(`${url}monitors/new`);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Target').fill(target);
  await page.getByLabel('Every').fill(every);
  await page.getByRole('button', { name: 'Add monitor' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}
