import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PublicJwk, ReleaseKeys } from '../../facts/release-facts';
import { type Jws, parseJson, parseJws } from './jws';
import { type Content, isDigest, isVersion } from './payload';
import { readBounded } from './read-bounded';
import { inFile, Refusal, refuse } from './refusal';
import { TrustedKeys } from './trusted-keys';

/** The committed file next to a configuration with what was accepted: the highest release, and every new first key. */
export const LOCK_FILE = 'residency-facts.lock.json';

export const LOCK_FORMAT = 'eu-residency-facts-lock/1';

/** What an owner has accepted. */
export interface Lock {
  /** The highest accepted release; none if only key changes were accepted. */
  readonly release?: { readonly version: number; readonly digest: string };
  /** The accepted key changes, oldest first, each with the statement that proves it. */
  readonly keyChanges: readonly AcceptedKeyChange[];
}

/** A new first key, written out so that a review shows it, with the statement of the second key that proves it. */
export interface AcceptedKeyChange {
  readonly version: number;
  readonly firstKey: PublicJwk;
  readonly statement: Jws;
}

/** A lock file whose key changes were verified. */
export interface VerifiedLock extends Lock {
  readonly keys: TrustedKeys;
  /** The highest accepted version, of a release or a key change; 0 if there is none. */
  readonly version: number;
}

const REMEDY = 'restore it from version control, or delete it and accept the newest release again';

/**
 * The lock of a folder; an empty one if there is no file.
 *
 * @throws ConfigError if it isn't a lock, or the second key hasn't signed its key changes
 */
export function readLock(folder: string, starting: ReleaseKeys): VerifiedLock {
  const file = path.join(folder, LOCK_FILE);
  if (!existsSync(file)) return verifiedLock({ keyChanges: [] }, starting);
  return inFile(file, () => verifiedLock(lockOf(readBounded(file)), starting));
}

/** Verifies each key change of a lock by the second key. */
export function verifiedLock({ release, keyChanges }: Lock, { first, second }: ReleaseKeys): VerifiedLock {
  let keys = new TrustedKeys(first, second);
  let last = 0;
  for (const { version, firstKey, statement } of keyChanges) {
    const content = verifiedStatement(keys, statement);
    const isSame =
      content.kind === 'key-change' &&
      content.version === version &&
      JSON.stringify(content.firstKey) === JSON.stringify(firstKey);
    if (!isSame || version <= last) {
      return refuse(`has key changes that don't fit together; ${REMEDY}`);
    }
    keys = keys.after(content);
    last = version;
  }
  return { release, keyChanges, keys, version: Math.max(last, release?.version ?? 0) };
}

/** The keys that a lock's statements need can have been replaced since: by the owner, or by a newer version of the package. */
function verifiedStatement(keys: TrustedKeys, statement: Jws): Content {
  try {
    return keys.verified(statement);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse(
      `has a key change that ${error.message}; if 'factsKeys' or the keys of the package were replaced, write "keyChanges": [] in it, keep ` +
        "'release', and accept a facts release that the new key signed",
    );
  }
}

/** The text of a lock file. */
export const lockText = ({ release, keyChanges }: Lock): string =>
  `${JSON.stringify({ format: LOCK_FORMAT, release: release ?? null, keyChanges }, null, 2)}\n`;

function lockOf(text: string): Lock {
  const value = parseJson(text, `isn't JSON; ${REMEDY}`) as Readonly<Record<string, unknown>> | null;
  const { format, release, keyChanges, ...others } = value ?? {};
  if (format !== LOCK_FORMAT)
    return refuse(`isn't a lock of this version of the package ('format' must be ${LOCK_FORMAT}); ${REMEDY}`);
  if (Object.keys(others).length > 0 || !(release === null || isRelease(release)) || !isChanges(keyChanges)) {
    return refuse(`must have exactly 'format', 'release' (version and digest, or null) and 'keyChanges'; ${REMEDY}`);
  }
  return {
    ...(release !== null && { release }),
    keyChanges: keyChanges.map(({ statement, ...change }) => ({
      ...change,
      statement: parseJws(JSON.stringify(statement)),
    })),
  };
}

const isRelease = (value: unknown): value is NonNullable<Lock['release']> =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).sort().join() === 'digest,version' &&
  'version' in value &&
  isVersion(value.version) &&
  'digest' in value &&
  isDigest(value.digest);

const isChanges = (value: unknown): value is readonly AcceptedKeyChange[] =>
  Array.isArray(value) &&
  value.every(
    (change) =>
      typeof change === 'object' &&
      change !== null &&
      isVersion(change.version) &&
      Object.keys(change).sort().join() === 'firstKey,statement,version',
  );
