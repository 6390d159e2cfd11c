import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** The package. */
export const ROOT = path.join(__dirname, '../../..');

/** Python, Node and the emulator's state; ignored by git, and kept between runs. */
export const LOCAL = path.join(ROOT, '.local/deploy-test');

/** A folder of its own for this run, so that two runs don't meet. */
export const WORK = path.join(LOCAL, `run-${process.pid}`);

mkdirSync(WORK, { recursive: true });
for (const name of readdirSync(LOCAL)) {
  const pid = Number(/^run-(\d+)$/.exec(name)?.[1]);
  // A run that failed leaves its folder to be looked at, until the next one.
  if (pid && !isRunning(pid)) rmSync(path.join(LOCAL, name), { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
