import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The resource types of the provider and the paths of their attributes, from the bindings that a package publishes: `*` stands for
 * every entry of a list or set, `0` for a block that may occur once.
 */
export type ProviderSchema = ReadonlyMap<string, readonly string[]>;

/** @param folder the package's folder of bindings, one folder for each resource type */
export function providerSchema(folder: string): ProviderSchema {
  const schema = new Map<string, readonly string[]>();
  for (const name of readdirSync(folder).sort()) {
    const file = path.join(folder, name, 'index.js');
    if (name.startsWith('data-') || !existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    const type = /\.tfResourceType = "(aws_\w+)"/.exec(text)?.[1];
    if (type !== undefined) schema.set(type, attributesOf(text));
  }
  return schema;
}

type Fields = readonly (readonly [name: string, writer: string])[];

function attributesOf(text: string): string[] {
  const structs = new Map<string, Fields>();
  for (const [, name = '', body = ''] of text.matchAll(
    /^function (\w+)ToTerraform\(struct\) \{[\s\S]*?\n {4}return \{\n([\s\S]*?)\n {4}\};/gm,
  ))
    structs.set(name, fieldsOf(body));
  const root = /^ {4}synthesizeAttributes\(\) \{\n {8}return \{\n([\s\S]*?)\n {8}\};/m.exec(text)?.[1] ?? '';
  return [...pathsOf(fieldsOf(root), structs, '', [])];
}

const fieldsOf = (body: string): Fields =>
  [...body.matchAll(/^\s+(\w+): (.+?),?$/gm)].map(([, name = '', writer = '']) => [name, writer] as const);

function* pathsOf(
  fields: Fields,
  structs: ReadonlyMap<string, Fields>,
  prefix: string,
  above: readonly string[],
): Generator<string> {
  for (const [name, writer] of fields) {
    const at = `${prefix}/${name}`;
    const [, list, struct = ''] = /^(cdktf\.(?:list|hash)Mapper\()?(\w+)ToTerraform/.exec(writer) ?? [];
    const inner = above.includes(struct) ? undefined : structs.get(struct);
    if (inner !== undefined)
      yield* pathsOf(inner, structs, `${at}/${list === undefined ? '0' : '*'}`, [...above, struct]);
    else yield /^cdktf\.(?:list|hash)Mapper/.test(writer) ? `${at}/*` : at;
  }
}
