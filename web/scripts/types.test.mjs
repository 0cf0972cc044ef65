// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generate } from './types.mjs';

it('schema.gen.ts is what docs/openapi.json says (npm run types)', () => {
  expect(readFileSync(new URL('../src/api/schema.gen.ts', import.meta.url), 'utf8')).toBe(generate());
});
