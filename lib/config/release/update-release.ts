import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Accepted, accept } from './accept';
import { LOCK_FILE, lockText, readLock, verifiedLock } from './lock';
import { readBounded } from './read-bounded';
import { inFile } from './refusal';
import { RELEASE_FILE } from './release-layer';
import { type PinnedKeys, startingKeys } from './trusted-keys';

/** A file that was accepted, and the files that were written. */
export interface Updated {
  readonly content: Accepted['content'];
  readonly written: readonly string[];
}

/**
 * Accepts a facts release or a key change into the folder of a configuration.
 *
 * @param file the release, as the maintainers published it
 * @param today the day, `YYYY-MM-DD` in UTC
 * @throws ConfigError with the reason for refusing it; then nothing is written
 */
export function updateRelease(file: string, folder: string, pinned: PinnedKeys | undefined, today: string): Updated {
  const starting = startingKeys(pinned);
  const { text, content, lock } = inFile(file, () => {
    const text = readBounded(file);
    return { text, ...accept(text, readLock(folder, starting), starting.version, today) };
  });
  // What is written must be readable again.
  verifiedLock(lock, starting);
  const written = [
    // The release first: if the process ends between the two, accepting the same file again repairs the lock.
    ...(content.kind === 'release' ? [write(path.join(folder, RELEASE_FILE), text)] : []),
    write(path.join(folder, LOCK_FILE), lockText(lock)),
  ];
  return { content, written };
}

/** A concurrent reader sees the old file or the new one, never a part of it. */
function write(file: string, text: string): string {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text);
  renameSync(draft, file);
  return file;
}
