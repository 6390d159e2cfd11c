/**
 * Converts the definitions of `residency.yaml` and `residency-exceptions.yaml` to JSON Schemas, for completion and explanations in
 * editors, and those of `evidence.json` and of exports, for programs that read them, and describes the API of open projects. `npm run schema` writes them; test/config/generated.test.ts runs the same function and compares.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { NOT_YET } from '../lib/config/model/not-yet';
import { declarationsSchema } from '../lib/config/schema/declarations-schema';
import { residencySchema } from '../lib/config/schema/schema';
import { evidenceSchema } from '../lib/evidence/core/evidence-schema';
import { described } from './schemas/described';
import { exportJsonSchema } from './schemas/export-schema';
import type { JsonSchema } from './schemas/json-schema';
import { projectsOpenApi } from './schemas/projects-openapi';

const ROOT = path.join(__dirname, '..');

/** The JSON Schema of `residency.yaml`. The description of a key that this version refuses says so. */
export function residencyJsonSchema(): JsonSchema {
  return annotated(z.toJSONSchema(residencySchema, { target: 'draft-2020-12', io: 'input' }) as JsonSchema, '');
}

function annotated(schema: JsonSchema, key: string): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    annotated(property, key === '' ? name : `${key}.${name}`),
  ]);
  return {
    ...schema,
    ...(schema.description === undefined ? {} : { description: `${schema.description}${refusal(key)}` }),
    ...(schema.properties === undefined ? {} : { properties: Object.fromEntries(properties) }),
    ...(schema.items === undefined ? {} : { items: annotated(schema.items, `${key}[]`) }),
  };
}

function refusal(key: string): string {
  const row = NOT_YET.find(({ path: refused }) => refused === key);
  if (row === undefined) return '';
  return ` Refused in this version${row.unless ? ` unless ${row.unless}` : ''}: ${row.missing}.`;
}

/** The JSON Schema of `residency-exceptions.yaml`. */
function declarationsJsonSchema(): JsonSchema {
  return z.toJSONSchema(declarationsSchema, { target: 'draft-2020-12', io: 'input' }) as JsonSchema;
}

/** The JSON Schema of `evidence.json`. */
function evidenceJsonSchema(): JsonSchema {
  return described(z.toJSONSchema(evidenceSchema, { target: 'draft-2020-12', io: 'input' }) as JsonSchema);
}

/** The schemas in the package, by file. */
export const SCHEMAS: Readonly<Record<string, () => JsonSchema>> = {
  'residency.schema.json': residencyJsonSchema,
  'residency-exceptions.schema.json': declarationsJsonSchema,
  'residency-evidence.schema.json': evidenceJsonSchema,
  'residency-projects.openapi.json': projectsOpenApi,
  'residency-export.schema.json': exportJsonSchema,
};

/** The text of a schema's file. */
export function schemaText(file: string): string {
  const biome = path.join(ROOT, 'node_modules/.bin/biome');
  return execFileSync(biome, ['format', `--stdin-file-path=${file}`], {
    cwd: ROOT,
    encoding: 'utf8',
    input: JSON.stringify(SCHEMAS[file]?.(), null, 2),
  });
}

if (require.main === module) {
  for (const file of Object.keys(SCHEMAS)) writeFileSync(path.join(ROOT, file), schemaText(file));
}
