import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonSchema } from './json-schema';

const SOURCES = ['lib/evidence/core/evidence.ts', 'lib/report/access/key-access.ts', 'lib/report/inventory-line.ts'];
const ROOT = path.join(__dirname, '../..');

/** The same JSON Schema, with what the docstrings say of each type and field. */
export function described(schema: JsonSchema): JsonSchema {
  const docs = new Map(SOURCES.flatMap((file) => docstrings(readFileSync(path.join(ROOT, file), 'utf8'))));
  const definitions = Object.entries((schema.$defs ?? {}) as Record<string, JsonSchema>);
  return {
    ...schema,
    $defs: Object.fromEntries(definitions.map(([name, definition]) => [name, withDocs(name, definition, docs)])),
  };
}

function withDocs(name: string, definition: JsonSchema, docs: ReadonlyMap<string, string>): JsonSchema {
  // What every row states is described once, and its fields are in each kind of row.
  const docOf = (field: string) => docs.get(`${name}.${field}`) ?? docs.get(`EvidenceRow.${field}`);
  const { id: _, ...rest } = definition;
  return {
    ...(docs.has(name) && { description: docs.get(name) }),
    ...rest,
    ...(definition.properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(definition.properties).map(([field, property]) => [
          field,
          docOf(field) === undefined ? property : { description: docOf(field), ...property },
        ]),
      ),
    }),
  };
}

/** The docstrings of types and of their fields, as `Type` and `Type.field`. */
function docstrings(source: string): [string, string][] {
  const found: [string, string][] = [];
  let type = '';
  for (const [, doc, name, field] of source.matchAll(
    /(?:\/\*\*((?:(?!\*\/).)*)\*\/\s*)?(?:export (?:interface|type) (\w+)|^ {2}readonly (\w+)\??:)/gms,
  )) {
    type = name ?? type;
    const text = doc
      ?.replace(/\n\s*\*/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    if (text !== undefined) found.push([field === undefined ? type : `${type}.${field}`, text]);
  }
  return found;
}
