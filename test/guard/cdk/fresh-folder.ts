import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** An empty folder of its own. */
export const freshFolder = () => mkdtempSync(path.join(tmpdir(), 'residency-'));
