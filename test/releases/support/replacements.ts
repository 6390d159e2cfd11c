import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, SpecDatabase } from '@aws-cdk/service-spec-types';
import type { Templates } from './deployed-templates';

/** What an update does to a resource other than to change it in place. `maybe`: CloudFormation decides by the values. */
export type Effect = 'replaced' | 'maybe replaced' | 'deleted' | 'leaves the stack' | 'unknown type';

export interface Affected {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly effect: Effect;
  /** The properties that have this effect; empty for a resource that is no longer in the template. */
  readonly because: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: templates can contain anything
type Json = any;
interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, Json>>;
  readonly DeletionPolicy?: string;
}
type Resources = Readonly<Record<string, Resource>>;

let database: SpecDatabase | undefined;

/**
 * Every resource that an update of the stacks would replace or delete, by what CloudFormation's specification says of each changed
 * property. A property that refers to a replaced resource changes too.
 */
export function replacements(before: Templates, now: Templates): Affected[] {
  database ??= loadAwsServiceSpecSync();
  const db = database;
  return [...before].flatMap(([stack, template]) => {
    const [was, is] = [template, now.get(stack)].map((one) => (one?.Resources ?? {}) as unknown as Resources);
    return ofStack(db, was as Resources, is as Resources).map((one) => ({ stack, ...one }));
  });
}

type InStack = Omit<Affected, 'stack'>;

function ofStack(db: SpecDatabase, before: Resources, now: Resources): InStack[] {
  const gone = Object.entries(before)
    .filter(([id]) => !(id in now))
    .map(([id, { Type: type, DeletionPolicy = 'Delete' }]): InStack => {
      const effect = DeletionPolicy.startsWith('Retain') ? 'leaves the stack' : 'deleted';
      return { id, type, effect, because: [] };
    });
  // A replacement can cause others, until there are no more of them.
  let replaced: InStack[] = [];
  for (;;) {
    const ids = new Set(replaced.map(({ id }) => id));
    const next = Object.entries(now).flatMap(([id, resource]) => {
      const former = before[id];
      return former === undefined ? [] : changed(db, id, former, resource, ids);
    });
    if (next.length === replaced.length) return [...gone, ...next];
    replaced = next;
  }
}

function changed(
  db: SpecDatabase,
  id: string,
  former: Resource,
  now: Resource,
  replaced: ReadonlySet<string>,
): InStack[] {
  const type = now.Type;
  if (former.Type !== type) return [{ id, type, effect: 'replaced', because: ['Type'] }];
  const names = Object.keys({ ...former.Properties, ...now.Properties }).filter(
    (name) => !same(former.Properties?.[name], now.Properties?.[name]) || refersTo(now.Properties?.[name], replaced),
  );
  if (names.length === 0) return [];
  // CloudFormation replaces a custom resource only if its function says so; ours keep their physical IDs.
  if (type.startsWith('Custom::')) {
    return names.includes('ServiceToken') ? [{ id, type, effect: 'maybe replaced', because: ['ServiceToken'] }] : [];
  }
  const [spec] = db.lookup('resource', 'cloudFormationType', 'equals', type);
  if (spec === undefined) return [{ id, type, effect: 'unknown type', because: names }];
  const effects = names.map((name) => {
    const property = spec.properties[name];
    const [was, is] = [former.Properties?.[name], now.Properties?.[name]];
    return [name, property === undefined ? 'maybe' : effectOf(db, property, was, is, replaced)] as const;
  });
  return (['yes', 'maybe'] as const).flatMap((answer): InStack[] => {
    const because = effects.filter(([, effect]) => effect === answer).map(([name]) => name);
    if (because.length === 0 || (answer === 'maybe' && effects.some(([, effect]) => effect === 'yes'))) return [];
    return [{ id, type, effect: answer === 'yes' ? 'replaced' : 'maybe replaced', because }];
  });
}

type Answer = 'yes' | 'maybe' | 'no';

/** The answer for a property, or for those of its members that changed. */
function effectOf(
  db: SpecDatabase,
  { causesReplacement = 'no', type }: Property,
  was: Json,
  is: Json,
  ids: ReadonlySet<string>,
): Answer {
  if (causesReplacement !== 'no') return causesReplacement;
  const answers = membersOf(type, was, is).flatMap(([member, one, other]) => {
    if ((same(one, other) && !refersTo(other, ids)) || member.type !== 'ref') return [];
    const { properties } = db.get('typeDefinition', member.reference.$ref);
    return Object.entries(properties)
      .filter(([name]) => !same(one?.[name], other?.[name]) || refersTo(other?.[name], ids))
      .map(([name, property]) => effectOf(db, property, one?.[name], other?.[name], ids));
  });
  return (['yes', 'maybe'] as const).find((answer) => answers.includes(answer)) ?? 'no';
}

/** The members of a list or map with their type; the value itself, if it is neither. */
function membersOf(type: PropertyType, was: Json, is: Json): readonly (readonly [PropertyType, Json, Json])[] {
  if (type.type === 'union') return type.types.flatMap((one) => membersOf(one, was, is));
  if (type.type !== 'array' && type.type !== 'map') return [[type, was, is]];
  return Object.keys({ ...was, ...is }).flatMap((key) => membersOf(type.element, was?.[key], is?.[key]));
}

const same = (one: Json, other: Json) => JSON.stringify(one) === JSON.stringify(other);

const refersTo = (value: Json, ids: ReadonlySet<string>): boolean => {
  if (ids.size === 0) return false;
  const text = JSON.stringify(value) ?? '';
  return [...ids].some((id) => text.includes(`{"Ref":"${id}"}`) || text.includes(`"Fn::GetAtt":["${id}",`));
};
