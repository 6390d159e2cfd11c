import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A new empty folder. */
export const freshFolder = () => mkdtempSync(path.join(tmpdir(), 'residency-'));
