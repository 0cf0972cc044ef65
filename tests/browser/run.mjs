// Runs the browser tests and ends with the line `N passed, N failed`.
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { join } from 'node:path';
import { repository } from './lab.mjs';

let passed = 0;
let failed = 0;
const tests = run({ files: [join(repository, 'tests', 'browser', 'page.test.mjs')], concurrency: 1, timeout: 900_000 });
tests.on('test:pass', (event) => {
  if (event.details.type !== 'suite' && event.skip === undefined) passed += 1;
});
tests.on('test:fail', (event) => {
  if (event.details.type !== 'suite') failed += 1;
});
tests.compose(new spec()).pipe(process.stdout);
await new Promise((resolve) => tests.once('end', resolve));
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
