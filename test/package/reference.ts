import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * The milliseconds that the reference's import counts as: a time is its ratio to the reference's, times this. On a nearly quiet machine, the fastest
 * of 31 cold processes took 71.3 and, on another day, 71.8 ms.
 */
export const REFERENCE_MS = 71.5;

const CLASSES = 2_000;

/** Writes a module that is like a bundle to import: 600 KiB of classes, expressions and strings, each used once, and the modules of Node that handlers import. */
export function writeReference(): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'reference-')), 'reference.mjs');
  const builtins = ['crypto', 'http', 'https', 'stream', 'zlib'].map((name) => `import 'node:${name}';`);
  const classes = Array.from(
    { length: CLASSES },
    (_, at) => `class C${at} {
  constructor(a) { this.a = a; this.m = new Map([['k${at}', a]]); }
  get(k) { return this.m.get(k) ?? this.a; }
  async load(x) { if (!x) throw new Error('none ${at}'); return { ...x, id: ${at}, list: [1, 2, 3].map((v) => v * ${at}) }; }
}
all.push(new C${at}({ name: 'n${at}', pattern: /^n${at}[a-z]+$/u, nested: { one: ${at}, two: 't${at}' } }).get('k${at}'));`,
  );
  writeFileSync(file, [...builtins, 'export const all = [];', ...classes, ''].join('\n'));
  return file;
}
