import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** The package. */
export const ROOT = path.join(__dirname, '../../..');

/** Python, Node and the emulator's state; ignored by git, and kept between runs. */
export const LOCAL = path.join(ROOT, '.local/deploy-test');

/** A folder of its own for this run, so that two runs don't meet. */
export const WORK = path.join(LOCAL, `run-${process.pid}`);

mkdirSync(WORK, { recursive: true });
