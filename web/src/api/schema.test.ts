// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error a script without types
import { generate } from '../../scripts/types.mjs';

it('schema.gen.ts is what docs/openapi.json says (npm run types)', () => {
  expect(readFileSync('src/api/schema.gen.ts', 'utf8')).toBe(generate());
});
