import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** The root of the package. */
export const ROOT = path.join(__dirname, '../../..');

/** Python, Node and the emulator's state. Git ignores it, and it stays between runs. */
export const LOCAL = path.join(ROOT, '.local/deploy-test');

/** The folder of this run, so that concurrent runs don't interfere. */
export const WORK = path.join(LOCAL, `run-${process.pid}`);

mkdirSync(WORK, { recursive: true });
for (const name of readdirSync(LOCAL)) {
  const pid = Number(/^run-(\d+)$/.exec(name)?.[1]);
  // A failed run leaves its folder for inspection, until the next run.
  if (pid && !isRunning(pid)) rmSync(path.join(LOCAL, name), { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
