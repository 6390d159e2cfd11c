import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { knownProperties } from '../universe/property-paths';
import { type Move, movesBetween } from './match-paths';
import { namesake, servicesOf } from './match-types';
import type { ProviderSchema } from './provider-schema';

const SOURCE = path.join(__dirname, '../../lib/facts/source');
const GUARD = path.join(__dirname, '../../lib/guard');

/** What the guard knows about one type of the provider. */
export interface TypeRow {
  /** A CloudFormation type without `AWS::`, or a class of types. */
  readonly type: string;
  /** By attribute, the property that has the same meaning; `json:` and `containers:` mean that the attribute is a document. */
  readonly moves?: Readonly<Record<string, string>>;
  /** Properties with a fixed value, which are set if a neighbour is. */
  readonly set?: Readonly<Record<string, string>>;
}

interface ReviewedRow extends TypeRow {
  /** Attributes that name what the resource configures, so nothing is sent there. */
  readonly own?: readonly string[];
}

// biome-ignore lint/suspicious/noExplicitAny: the source files are plain JSON
const read = (name: string): any => JSON.parse(readFileSync(path.join(SOURCE, name), 'utf8'));

/** The kinds of properties that rules check. */
const KINDS = ['region', 'zone', 'model', 'bucket', 'destination', 'host', 'third-party'];

/** A row for each type that has one by review, by its name, or by its service, in which all types have one class. */
export function typeRows(schema: ProviderSchema): Record<string, TypeRow> {
  const services = new Map<string, string[]>();
  const classes = new Map<string, string[]>();
  for (const [service, byClass] of Object.entries<Record<string, string[]>>(read('location-types.json').services)) {
    const name = service.replace(/^AWS::/, '');
    services.set(name, Object.values(byClass).flat());
    classes.set(name, Object.keys(byClass));
  }
  const reviewed: Record<string, ReviewedRow> = read('terraform-reviewed.json').types;
  const relevant = relevantProperties();
  const rows: Record<string, TypeRow> = {};
  for (const [name, attributes] of schema) {
    const type =
      reviewed[name]?.type ?? namesake(name, services) ?? classOfService(servicesOf(name, services)[0], classes);
    if (type === undefined) continue;
    const own = reviewed[name]?.moves ?? {};
    const properties = (relevant.get(`AWS::${type}`) ?? []).filter(
      (to) => !Object.values(own).some((other) => isSame(to, other) || isInDocument(to, other)),
    );
    const left = attributes.filter((from) => !Object.hasOwn(own, from) && !reviewed[name]?.own?.includes(from));
    const moves = { ...asRecord(movesBetween(left, properties)), ...own };
    const { set } = reviewed[name] ?? {};
    rows[name] = { type, ...(Object.keys(moves).length > 0 && { moves }), ...(set && { set }) };
  }
  return rows;
}

const asRecord = (moves: readonly Move[]) => Object.fromEntries(moves.map(({ from, to }) => [from, to]));

/** Whether a property is the one of a move, which has a position instead of a star, and may say how to read the attribute. */
const isSame = (property: string, moved: string) =>
  moved.replace(/^\w+:/, '').replaceAll(/\/0(?=\/|$)/g, '/*') === property;

/** Whether a property is a part of a document that an attribute holds as a whole. */
const isInDocument = (property: string, moved: string) => {
  const [, document] = /^\w+:(.*)$/.exec(moved) ?? [];
  return document !== undefined && property.startsWith(`${document}/`);
};

/** The class of all types of a service; none if they have several. */
function classOfService(
  service: string | undefined,
  classes: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const [first, ...others] = classes.get(service ?? '') ?? [];
  return others.length > 0 ? undefined : first;
}

/** By type, the properties that rules check by their kind, and those that the guard's code names together with the type. */
function relevantProperties(): Map<string, readonly string[]> {
  const words = wordsByType();
  const byKind: Record<string, Record<string, string[]>> = read('location-properties.json').properties;
  return new Map(
    [...knownProperties()].map(([type, paths]) => {
      const known = words.get(type);
      const isNamed = (pointer: string) => pointer.split('/').every((step) => STEPS.includes(step) || known?.has(step));
      return [type, [...new Set([...KINDS.flatMap((kind) => byKind[type]?.[kind] ?? []), ...paths.filter(isNamed)])]];
    }),
  );
}

const STEPS = ['', '*'];

/** By type, every word of the files that name it. */
function wordsByType(): Map<string, ReadonlySet<string>> {
  const words = new Map<string, Set<string>>();
  for (const file of readdirSync(GUARD, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(path.join(GUARD, file), 'utf8');
    const own = text.match(/\b[A-Z]\w+/g) ?? [];
    for (const type of text.match(/AWS::\w+::\w+/g) ?? [])
      words.set(type, new Set([...(words.get(type) ?? []), ...own]));
  }
  return words;
}
