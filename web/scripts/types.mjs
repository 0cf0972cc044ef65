// Writes src/api/schema.gen.ts from docs/openapi.json; with --check it only says whether that file is current (exit code 1 if not).
// Ours because openapi-typescript needs TypeScript 5's compiler and the page is on 7; the subset that ASP.NET writes is small.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = new URL('../../docs/openapi.json', import.meta.url);
const target = fileURLToPath(new URL('../src/api/schema.gen.ts', import.meta.url));

/** @param {any} schema */
function typeOf(schema) {
  if (schema === undefined || Object.keys(schema).length === 0) return 'unknown';
  if (schema.$ref) return schema.$ref.split('/').at(-1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map(typeOf).join(' | ');
  // An enumeration lists null where one of its users may be absent; the users say that themselves.
  if (schema.enum)
    return schema.enum
      .filter((value) => value !== null)
      .map((value) => JSON.stringify(value))
      .join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  if (schema.type === 'array') {
    const item = typeOf(schema.items);
    return item.includes('|') ? `(${item})[]` : `${item}[]`;
  }
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'string' || schema.type === 'boolean' || schema.type === 'null') return schema.type;
  if (schema.additionalProperties) return `Record<string, ${typeOf(schema.additionalProperties)}>`;
  if (schema.type === 'object' || schema.properties) return `{\n${membersOf(schema)}}`;
  return 'unknown';
}

/** @param {any} schema */
function membersOf(schema) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {})
    .map(([name, member]) => {
      const words = member.description ? `  /** ${member.description.replaceAll('*/', '* /').replaceAll('\n', ' ')} */\n` : '';
      return `${words}  ${name}${required.has(name) ? '' : '?'}: ${typeOf(member)};\n`;
    })
    .join('');
}

export function generate() {
  const { components } = JSON.parse(readFileSync(source, 'utf8'));
  const parts = Object.entries(components.schemas)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, schema]) => {
      const words = schema.description ? `/** ${schema.description.replaceAll('\n', ' ')} */\n` : '';
      return schema.properties
        ? `${words}export interface ${name} {\n${membersOf(schema)}}\n`
        : `${words}export type ${name} = ${typeOf(schema)};\n`;
    });
  return `// Generated from docs/openapi.json by \`npm run types\`. Not edited by hand.\n// Long because it is every type of the API.\n\n${parts.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = generate();
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== made) {
      console.error('src/api/schema.gen.ts is not what docs/openapi.json says: run `npm run types`.');
      process.exit(1);
    }
  } else {
    writeFileSync(target, made);
  }
}
