import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers';

/** Directories that no function uses at the moment, by bundle. */
const idle = new Map<string, string[]>();

/** All directories that weren't removed yet. */
const made = new Set<string>();
let removesAtExit = false;

/**
 * A directory with links to the files of a bundle, to which one more file is written. CDK copies what links outside a directory lead to. A
 * hundred workspaces have a thousand functions, so a second copy of each bundle, or a directory to remove for each function, costs seconds.
 */
export function linkedBundle(bundle: string, name: string): string {
  const known = idle.get(bundle)?.pop();
  if (known !== undefined) return known;
  // A new directory that only its owner can write to, so no other user of the machine can add a file to the deployed
  // code.
  const directory = mkdtempSync(path.join(tmpdir(), `${name}-`));
  if (made.size === 0) removeLater();
  made.add(directory);
  for (const file of readdirSync(bundle)) linkOrCopy(path.join(bundle, file), path.join(directory, file));
  return directory;
}

/** Lets the next function of the bundle use a directory, without the file of this one. */
export function giveBack(bundle: string, directory: string, own: string): void {
  // A new file is written at once. File systems delay a truncated one until its content is on disk.
  rmSync(path.join(directory, own), { force: true });
  idle.set(bundle, [...(idle.get(bundle) ?? []), directory]);
}

function linkOrCopy(from: string, to: string): void {
  try {
    symlinkSync(from, to);
  } catch {
    // Windows allows links only to some users.
    cpSync(from, to, { recursive: true });
  }
}

/** Constructs are made without a pause, so the next turn of the event loop comes after all of them. A process may exit before it. */
function removeLater(): void {
  setImmediate(removeAll);
  if (!removesAtExit) process.once('exit', removeAll);
  removesAtExit = true;
}

function removeAll(): void {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
  made.clear();
  idle.clear();
}
