import { type Jws, parseJws } from './jws';
import type { Lock, VerifiedLock } from './lock';
import type { Content, KeyChangeContent, ReleaseContent } from './payload';
import { refuse } from './refusal';

/** The result of accepting a file. */
export interface Accepted {
  readonly content: Content;
  /** What the lock file then says. */
  readonly lock: Lock;
}

/**
 * How far a first key can jump ahead. Otherwise a stolen one could use up all versions, and no later release could be accepted.
 * A key change can jump further.
 */
export const MOST_SKIPPED = 1_000;

/**
 * Accepts the text of a facts release or a key change.
 *
 * @param lock what was accepted before
 * @param published the highest version that the package knows to exist
 * @param today the day, `YYYY-MM-DD` in UTC
 * @throws a refusal with its reason
 */
export function accept(text: string, lock: VerifiedLock, published: number, today: string): Accepted {
  const jws = parseJws(text);
  const content = lock.keys.verified(jws);
  return content.kind === 'release'
    ? acceptRelease(content, lock, published, today)
    : acceptKeyChange(content, jws, lock, today);
}

function acceptRelease(content: ReleaseContent, lock: VerifiedLock, published: number, today: string): Accepted {
  const { version, digest, checkedAt, expires } = content;
  const { release: former, keyChanges } = lock;
  requireInTime('was checked', checkedAt, expires, today);
  const isSame = former?.version === version && former.digest === digest;
  if (former?.version === version && !isSame) {
    return refuse(
      `is another version ${version} than the one that was accepted: a key signed two contents under one version; don't accept either ` +
        'before the maintainers explain it',
    );
  }
  if (!isSame) {
    requireNewer(version, lock.version);
    requireNear(version, Math.max(lock.version, published));
    requireSuccessor(content, lock);
  }
  return { content, lock: { release: { version, digest }, keyChanges } };
}

function acceptKeyChange(content: KeyChangeContent, statement: Jws, lock: VerifiedLock, today: string): Accepted {
  const { version, firstKey, signedAt, expires } = content;
  requireInTime('was signed', signedAt, expires, today);
  requireNewer(version, lock.version);
  if (lock.keys.knows(firstKey)) {
    return refuse(
      'names a key as the new first key that is, or was, a key of facts releases already; a new key must be new',
    );
  }
  const { release, keyChanges } = lock;
  return {
    content,
    lock: { ...(release && { release }), keyChanges: [...keyChanges, { version, firstKey, statement }] },
  };
}

function requireInTime(act: string, from: string, expires: string, today: string): void {
  if (from > today) refuse(`${act} on ${from}, which is after today, ${today}; set the clock, or wait for that day`);
  if (expires <= today) {
    refuse(
      `expired on ${expires}; accept a newer release, or admit single models with 'eu-residency facts admit'. Rows that were accepted ` +
        'before keep deciding',
    );
  }
}

function requireNewer(version: number, highest: number): void {
  if (version <= highest)
    refuse(`is version ${version}; version ${highest} was accepted before, and versions only increase`);
}

function requireNear(version: number, highest: number): void {
  if (version > highest + MOST_SKIPPED) {
    refuse(
      `is version ${version}, more than ${MOST_SKIPPED} after ${highest}, the highest one known here; if the second key named a new ` +
        'first key in between, accept that file first',
    );
  }
}

/**
 * The accepted release must be in the history of the new one, as far as the new one tells. After a key change it needn't be: a thief
 * of the former key may have signed it.
 */
function requireSuccessor({ version, previous }: ReleaseContent, { release: former, keyChanges }: VerifiedLock): void {
  if (former === undefined || (keyChanges.at(-1)?.version ?? 0) > former.version) return;
  if (previous === null || previous.version < former.version) {
    refuse(
      `is version ${version} after ${previous === null ? 'none' : `version ${previous.version}`}, so the accepted version ` +
        `${former.version} isn't in its history`,
    );
  } else if (previous.version === former.version && previous.digest !== former.digest) {
    refuse(
      `follows a version ${former.version} with the digest ${previous.digest.slice(0, 12)}, but the accepted one has ` +
        `${former.digest.slice(0, 12)}`,
    );
  }
}
