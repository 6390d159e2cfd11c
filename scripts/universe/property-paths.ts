import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { PropertyType, Resource, SpecDatabase, TypeDefinition } from '@aws-cdk/service-spec-types';

/** Every property of every type: a JSON pointer from `Properties`, with `*` for the items of a list or map. */
export type PropertyPaths = ReadonlyMap<string, readonly string[]>;

/** The properties in CloudFormation's specification and aws-cdk-lib together. */
export function knownProperties(): PropertyPaths {
  const fromSpec = specProperties(loadAwsServiceSpecSync());
  const fromLibrary = libraryProperties();
  // The specification lags behind the library; if both contain a type, the specification's spelling counts.
  return new Map([...fromLibrary, ...fromSpec].sort(([a], [b]) => a.localeCompare(b, 'en')));
}

function specProperties(db: SpecDatabase): Map<string, string[]> {
  return new Map(
    db
      .all('resource')
      .map((resource: Resource) => [resource.cloudFormationType, [...ofDefinition(db, resource, '', [])]]),
  );
}

function* ofDefinition(
  db: SpecDatabase,
  definition: Resource | TypeDefinition,
  prefix: string,
  seen: readonly string[],
): Generator<string> {
  for (const [name, property] of Object.entries(definition.properties))
    yield* ofType(db, property.type, `${prefix}/${name}`, seen);
}

function* ofType(db: SpecDatabase, type: PropertyType, prefix: string, seen: readonly string[]): Generator<string> {
  switch (type.type) {
    case 'ref': {
      const definition = db.get('typeDefinition', type.reference.$ref);
      yield prefix;
      if (!seen.includes(definition.$id)) yield* ofDefinition(db, definition, prefix, [...seen, definition.$id]);
      return;
    }
    case 'array':
    case 'map':
      yield* ofType(db, type.element, `${prefix}/*`, seen);
      return;
    case 'union':
      for (const member of type.types) yield* ofType(db, member, prefix, seen);
      return;
    default:
      yield prefix;
  }
}

interface JsiiType {
  readonly fqn: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly docs?: { readonly custom?: Record<string, string> };
  readonly properties?: readonly {
    readonly name: string;
    readonly type: JsiiReference;
    readonly docs?: { readonly custom?: Record<string, string> };
  }[];
}
interface JsiiReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly elementtype: JsiiReference };
  readonly union?: { readonly types: readonly JsiiReference[] };
}

/** The types of aws-cdk-lib's jsii assembly, whose documentation contains the CloudFormation type and property. */
function libraryProperties(): Map<string, string[]> {
  const folder = path.dirname(require.resolve('aws-cdk-lib/package.json'));
  const { types } = JSON.parse(gunzipSync(readFileSync(path.join(folder, '.jsii.gz'))).toString()) as {
    types: Record<string, JsiiType>;
  };
  const result = new Map<string, string[]>();
  for (const type of Object.values(types)) {
    const name = type.docs?.custom?.cloudformationResource;
    if (type.kind !== 'class' || name === undefined) continue;
    const props = types[`${type.fqn}Props`];
    result.set(name, props === undefined ? [] : [...ofJsii(types, props, '', [])]);
  }
  return result;
}

function* ofJsii(
  types: Record<string, JsiiType>,
  type: JsiiType,
  prefix: string,
  seen: readonly string[],
): Generator<string> {
  if (seen.includes(type.fqn)) return;
  for (const property of type.properties ?? []) {
    const name = property.name[0]?.toUpperCase() + property.name.slice(1);
    yield* ofReference(types, property.type, `${prefix}/${name}`, [...seen, type.fqn]);
  }
}

function* ofReference(
  types: Record<string, JsiiType>,
  ref: JsiiReference,
  prefix: string,
  seen: readonly string[],
): Generator<string> {
  if (ref.collection) return yield* ofReference(types, ref.collection.elementtype, `${prefix}/*`, seen);
  if (ref.union) {
    for (const member of ref.union.types) yield* ofReference(types, member, prefix, seen);
    return;
  }
  const target = ref.fqn?.includes('.Cfn') ? types[ref.fqn] : undefined;
  yield prefix;
  if (target !== undefined) yield* ofJsii(types, target, prefix, seen);
}
