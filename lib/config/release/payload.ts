import type { FactLayer, FactOrigin, FactTables } from '../../facts/layers';
import type { FactsRelease, PublicJwk } from '../../facts/release-facts';
import { wrongTables } from '../../facts/row-forms';
import type { Sourced } from '../../facts/types';
import { PUBLIC_KEY } from '../schema/facts-keys';
import { digestOf, type Jws, parseJson, textOf } from './jws';
import { refuse, shown } from './refusal';

/** The content of a facts release: the tables, and the dates until which they count as current. */
export interface ReleaseContent extends FactsRelease {
  readonly kind: 'release';
  /** The release before it; null for the first one. */
  readonly previous: { readonly version: number; readonly digest: string } | null;
  readonly tables: Partial<FactTables>;
}

/** The content of a key change: the statement that names a new first key, and nothing else. */
export interface KeyChangeContent {
  readonly kind: 'key-change';
  /** From the same sequence as the versions of releases. */
  readonly version: number;
  readonly signedAt: string;
  readonly expires: string;
  readonly firstKey: PublicJwk;
}

export type Content = ReleaseContent | KeyChangeContent;

export const RELEASE_FORMAT = 'eu-residency-facts/1';
export const KEY_CHANGE_FORMAT = 'eu-residency-facts-key/1';

/** The days from the check, or the signature, to the end. */
export const DAYS_TO_ACCEPT = 90;

const RELEASE_KEYS = ['format', 'version', 'checkedAt', 'nextCheck', 'expires', 'previous', 'tables'];
const KEY_CHANGE_KEYS = ['format', 'version', 'signedAt', 'expires', 'firstKey'];

/** The signed content of a file. Call it only after the signature was verified. */
export function contentOf(jws: Jws): Content {
  const text = textOf(jws.payload);
  const value = parseJson(text, "has signed content that isn't JSON") as Unread;
  if (!isMap(value)) return refuse('has signed content that is no object');
  // The one way to write a value is how JSON.stringify does. Any other text could be read differently elsewhere.
  if (JSON.stringify(value) !== text) {
    return refuse(
      'has signed content that repeats a key, contains white space or escapes characters that need no escape',
    );
  }
  if (value.format === RELEASE_FORMAT) return releaseOf(value, digestOf(jws));
  if (value.format === KEY_CHANGE_FORMAT) return keyChangeOf(value);
  return refuse(
    `has the format ${shown(value.format)}; this version of the package reads ${RELEASE_FORMAT} and ${KEY_CHANGE_FORMAT}: install a ` +
      'version that reads the format',
  );
}

type Unread = Readonly<Record<string, unknown>>;

function releaseOf(value: Unread, digest: string): ReleaseContent {
  requireKeys(value, RELEASE_KEYS);
  const { version, checkedAt, nextCheck, expires, previous, tables } = value;
  if (!isVersion(version)) return refuse(`has the version ${shown(version)}; allowed: a whole number from 1`);
  if (!isDay(checkedAt) || !isDay(nextCheck))
    return refuse("must have days such as 2027-01-14 in 'checkedAt' and 'nextCheck'");
  requireEnd('checkedAt', checkedAt, expires);
  if (nextCheck <= checkedAt || nextCheck > (expires as string)) {
    return refuse(`has the next check on ${nextCheck}; it must be after ${checkedAt}, and not after it expires`);
  }
  if (previous !== null && !isPrevious(previous)) {
    return refuse(
      "must name the release before it in 'previous', by version and digest, or null for the first release",
    );
  }
  if (previous !== null && previous.version >= version) {
    return refuse(`names version ${previous.version} as the release before version ${version}`);
  }
  if (!isMap(tables)) return refuse("must have 'tables'");
  const wrong = wrongTables(tables) ?? newerRow(tables, checkedAt);
  if (wrong !== undefined) return refuse(`has a table that isn't one of a facts release: ${wrong}`);
  return { kind: 'release', version, digest, checkedAt, nextCheck, expires: expires as string, previous, tables };
}

function keyChangeOf(value: Unread): KeyChangeContent {
  requireKeys(value, KEY_CHANGE_KEYS);
  const { version, signedAt, expires, firstKey } = value;
  if (!isVersion(version)) return refuse(`has the version ${shown(version)}; allowed: a whole number from 1`);
  if (!isDay(signedAt)) return refuse("must have a day such as 2027-01-14 in 'signedAt'");
  requireEnd('signedAt', signedAt, expires);
  if (!isPublicJwk(firstKey)) return refuse("must have a public Ed25519 key as 'firstKey': kty, crv and x");
  return { kind: 'key-change', version, signedAt, expires: expires as string, firstKey };
}

/** The layer of a release whose signature was verified. */
export function layerOf({ tables, kind: _, previous: __, ...release }: ReleaseContent): FactLayer {
  const origin: FactOrigin = { kind: 'release', version: release.version };
  return { ...tables, origin, release };
}

function requireKeys(value: Unread, keys: readonly string[]): void {
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined)
    refuse(`has the unknown key ${shown(unknown)} in its signed content; allowed: ${keys.join(', ')}`);
  const missing = keys.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) refuse(`has no '${missing}' in its signed content`);
}

function requireEnd(name: string, from: string, expires: unknown): void {
  const end = new Date(Date.parse(from) + DAYS_TO_ACCEPT * 86_400_000).toISOString().slice(0, 10);
  if (expires !== end) {
    refuse(`has ${shown(expires)} as 'expires'; it must be ${end}, ${DAYS_TO_ACCEPT} days after '${name}'`);
  }
}

/** A row from after the check would win over every later release, because the newest row of a key counts. */
function newerRow(tables: Unread, checkedAt: string): string | undefined {
  for (const [name, rows] of Object.entries(tables)) {
    // A year alone stands for its last day, so one that isn't over would outlive every row of the same year.
    const isLater = ({ asOf }: Sourced) =>
      asOf > checkedAt.slice(0, asOf.length) || (asOf.length === 4 && `${asOf}-12-31` > checkedAt);
    const index = (rows as readonly Sourced[]).findIndex(isLater);
    if (index >= 0) return `'${name}[${index}].asOf' is after 'checkedAt', ${checkedAt}`;
  }
  return undefined;
}

const isMap = (value: unknown): value is Unread => typeof value === 'object' && value !== null && !Array.isArray(value);

export const isVersion = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;

export const isDigest = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

const isPrevious = (value: unknown): value is NonNullable<ReleaseContent['previous']> =>
  isMap(value) &&
  Object.keys(value).sort().join() === 'digest,version' &&
  isVersion(value.version) &&
  isDigest(value.digest);

const isDay = (value: unknown): value is string => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
};

const isPublicJwk = (value: unknown): value is PublicJwk =>
  isMap(value) &&
  Object.keys(value).sort().join() === 'crv,kty,x' &&
  value.kty === 'OKP' &&
  value.crv === 'Ed25519' &&
  typeof value.x === 'string' &&
  PUBLIC_KEY.test(value.x);
