import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FactLayer } from '../../facts/layers';
import { parseJws } from './jws';
import { LOCK_FILE, readLock } from './lock';
import { layerOf } from './payload';
import { readBounded } from './read-bounded';
import { inFile, refuse } from './refusal';
import { type PinnedKeys, startingKeys } from './trusted-keys';

/** The file of the accepted release, next to a configuration. */
export const RELEASE_FILE = 'residency-facts.release.json';

/**
 * The rows of the facts release that a folder accepted; none if it has none. The signature, the lock and the form of every row are
 * checked each time. An expired release is used: it was accepted in time.
 *
 * @param pinned the keys of `residency.yaml`; without them, those of the package count
 * @throws ConfigError if there are files of a release that can't be trusted
 */
export function releaseLayer(folder: string, pinned: PinnedKeys | undefined): FactLayer | undefined {
  const file = path.join(folder, RELEASE_FILE);
  const hasFile = existsSync(file);
  if (!hasFile && !existsSync(path.join(folder, LOCK_FILE))) return undefined;
  const { release, keys } = readLock(folder, startingKeys(pinned));
  if (!hasFile && release === undefined) return undefined;
  return inFile(file, () => {
    if (release === undefined) return refuse(`isn't in ${LOCK_FILE}; accept it with 'eu-residency facts update'`);
    if (!hasFile) {
      return refuse(
        `is missing, but ${LOCK_FILE} says that version ${release.version} was accepted; restore the file from version control, or ` +
          "accept that release again with 'eu-residency facts update'",
      );
    }
    const content = keys.verified(parseJws(readBounded(file)));
    if (content.kind !== 'release') return refuse('is a key change; only a facts release has this name');
    if (content.version !== release.version || content.digest !== release.digest) {
      return refuse(
        `is version ${content.version} with the digest ${content.digest.slice(0, 12)}, but ${LOCK_FILE} says version ` +
          `${release.version} with ${release.digest.slice(0, 12)}; restore both files from one commit, or accept the newest release`,
      );
    }
    return layerOf(content);
  });
}
