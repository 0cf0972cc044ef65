// Checks the budgets of the page (gzip, level 9) and exits 1 when one is exceeded. Run after `npm run build`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const KB = 1024;
const INITIAL_JS = 150 * KB;
const INITIAL_CSS = 20 * KB;
const FURTHER_PAGE = 40 * KB;

const dist = new URL('../dist/', import.meta.url).pathname;
const assets = join(dist, 'assets');
const files = readdirSync(assets);
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const gzipped = (name) => gzipSync(readFileSync(join(assets, name)), { level: 9 }).length;

/** A script and everything it imports statically. */
function closure(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  const source = readFileSync(join(assets, name), 'utf8');
  for (const [, imported] of source.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) closure(imported, seen);
  return seen;
}

const initial = new Set();
for (const [, name] of html.matchAll(/assets\/([\w.-]+\.js)/g)) closure(name, initial);
const sum = (names) => [...names].reduce((all, name) => all + gzipped(name), 0);
const styles = files.filter((name) => name.endsWith('.css'));
const initialStyles = styles.filter((name) => html.includes(name));

let failed = 0;
function budget(what, size, most) {
  const bad = size > most;
  if (bad) failed += 1;
  console.log(
    `${bad ? 'over' : 'ok  '}  ${(size / KB).toFixed(1).padStart(6)} KB of ${(most / KB).toFixed(0).padStart(3)}  ${what}`,
  );
}
budget('initial JS: shell and Overview', sum(initial), INITIAL_JS);
budget('CSS, all of it', sum(styles), INITIAL_CSS);
for (const page of files.filter((name) => /^[A-Z]\w*-.*\.js$/.test(name))) {
  const more = [...closure(page)].filter((name) => !initial.has(name));
  budget(page.replace(/-.*/, ''), sum(more), FURTHER_PAGE);
}
console.log(`${initialStyles.length} style sheet, ${files.length} files`);
process.exit(failed === 0 ? 0 : 1);
