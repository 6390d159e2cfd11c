import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CLOCK } from '@/test/support/clock';
import { filesIn, readJson } from './release';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type Map = { readonly [name: string]: Json };

/** What a template declares, by the app and the stack: `sample/exemple-foundation`. */
export type Templates = ReadonlyMap<string, Map>;

/** The templates that 0.1.0 synthesized. */
export const templatesBefore = (): Templates =>
  new Map(filesIn('templates').map((file) => [file.replace(/^templates\/(.*)\.json$/, '$1'), readJson<Map>(file)]));

/** The templates that today's code synthesizes for the same apps. */
export function templatesNow(): Templates {
  const folder = mkdtempSync(path.join(tmpdir(), 'apps-'));
  const script = path.join(__dirname, 'synth-apps.ts');
  const cwd = path.join(__dirname, '../../..');
  execFileSync(process.execPath, ['--import', CLOCK, '--import', 'tsx', script, folder], { cwd, stdio: 'pipe' });
  return new Map(
    readdirSync(folder).flatMap((app) =>
      readdirSync(path.join(folder, app)).flatMap((file): [string, Map][] => {
        const [, stack] = /^(.*)\.template\.json$/.exec(file) ?? [];
        if (stack === undefined) return [];
        return [[`${app}/${stack}`, JSON.parse(readFileSync(path.join(folder, app, file), 'utf8'))]];
      }),
    ),
  );
}

/** A place where two templates differ, as a path. */
export interface Difference {
  readonly stack: string;
  readonly place: string;
  readonly before: Json | undefined;
  readonly now: Json | undefined;
}

/** Every place where what is deployed differs: not the hashes of code, not texts for people, not what CDK says of itself. */
export function differences(before: Templates, now: Templates): Difference[] {
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((stack) => {
    const [one, other] = [before.get(stack), now.get(stack)].map((template) => template && deployed(template));
    return compare(one, other).map((difference) => ({ stack, ...difference }));
  });
}

const ASSET_HASH = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;
/** By what CDK names a version of a function: its logical id ends with a hash of the function, its code included. */
const VERSION_HASH = /[0-9a-f]{32}$/;
/** By what the check names its resource: each policy gets a new one, and the old one's deletion calls nothing. */
const CHECK_TYPE = 'Custom::DestinationCheck';
const POLICY_HASH = /[0-9A-F]{8}$/;
/** Descriptions of security groups aren't among them: with another one the group is replaced. */
const FOR_PEOPLE = ['Description', 'AlarmDescription'];

function deployed(template: Map): Json {
  const resources = Object.entries((template.Resources ?? {}) as Readonly<Record<string, Map>>);
  const hashed = resources.flatMap(([id, { Type }]): [string, string][] => {
    if (Type === 'AWS::Lambda::Version' && VERSION_HASH.test(id))
      return [[id, id.replace(VERSION_HASH, '<version hash>')]];
    return Type === CHECK_TYPE ? [[id, id.replace(POLICY_HASH, '<policy hash>')]] : [];
  });
  let text = JSON.stringify(template).replaceAll(ASSET_HASH, '<asset hash>');
  for (const [id, name] of hashed) text = text.replaceAll(`"${id}"`, `"${name}"`);
  return without(JSON.parse(text)) ?? null;
}

/** A value without texts for people and what CDK says of itself; none where it is nothing else. */
function without(value: Json): Json | undefined {
  if (Array.isArray(value)) return value.map((one: Json) => without(one) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  const { Type, ...members } = value as Map;
  if (Type === 'AWS::CDK::Metadata') return undefined;
  const kept = Object.entries(members).flatMap(([name, member]): [string, Json][] => {
    if (FOR_PEOPLE.includes(name) || name.startsWith('aws:asset:') || name === 'CDKMetadataAvailable') return [];
    const found = without(member);
    const isEmptied = found !== undefined && isEmpty(found) && !isEmpty(member);
    return found === undefined || isEmptied ? [] : [[name, found]];
  });
  return Object.fromEntries([...(Type === undefined ? [] : [['Type', Type] as const]), ...kept]);
}

const isEmpty = (value: Json) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function compare(before: Json | undefined, now: Json | undefined, place = ''): Omit<Difference, 'stack'>[] {
  if (isMap(before) && isMap(now)) {
    const names = new Set([...Object.keys(before), ...Object.keys(now)]);
    return [...names].flatMap((name) => compare(before[name], now[name], `${place}/${name}`));
  }
  return JSON.stringify(before) === JSON.stringify(now) ? [] : [{ place, before, now }];
}

/** Lists are compared by their indexes, as maps are by their names. */
const isMap = (value: Json | undefined): value is Map => typeof value === 'object' && value !== null;
