import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { columns } from '../lib/report/columns';
import { BUNDLE_KIB, BUNDLES, bundleKib, IMPORT_MS } from '../test/package/budget';
import { importTime, nodeOf, versionOf } from '../test/package/import-time';
import { median } from './statistics';

const ROOT = path.join(__dirname, '..');
const RUNS = 11;

/** Measures the size of each handler's bundle and its import time in a cold process, with this Node and with Lambda's, against the limits. */
export async function bundleBench(): Promise<void> {
  execFileSync(process.execPath, [path.join(ROOT, 'scripts/bundle.mjs')], { stdio: 'inherit' });
  const bundles = readdirSync(BUNDLES).map((name) => ({ name, file: path.join(BUNDLES, name, 'index.mjs') }));
  const nodes = [...new Set([process.execPath, nodeOf(24) ?? process.execPath])];
  const scratch = mkdtempSync(path.join(tmpdir(), 'bench-bundle-'));
  const nothing = path.join(scratch, 'nothing.mjs');
  writeFileSync(nothing, '');
  const headers = nodes.map((node) => `import, Node ${versionOf(node)}`);
  const rows = [['bundle', 'KiB', 'at most', 'KiB gzipped', ...headers, 'at most, Node 20']];
  const subjects = [{ name: '(nothing)', file: nothing }, ...bundles];
  const times = subjects.map(() => nodes.map(() => [] as number[]));
  // Alternating, so that a slow moment of the machine affects all of them.
  for (let run = 0; run < RUNS; run++) {
    for (const [at, { file }] of subjects.entries()) {
      for (const [which, node] of nodes.entries()) times[at]?.[which]?.push(importTime(node, file).elapsed);
    }
  }
  for (const [at, { name, file }] of subjects.entries()) {
    const isBundle = file !== nothing;
    const limit = IMPORT_MS[name];
    rows.push([
      name,
      isBundle ? bundleKib(name).toFixed(0) : '',
      isBundle ? `${BUNDLE_KIB[name]}` : '',
      isBundle ? gzippedKib(name).toFixed(0) : '',
      ...(times[at] ?? []).map((list) => `${median(list).toFixed(1)} ms`),
      limit === undefined ? '' : `${limit} ms`,
    ]);
  }
  console.log(`median of ${RUNS} cold processes\n\n${columns(rows).join('\n')}`);
}

/** The size of a bundle's files, each compressed as in the archive that Lambda receives. */
function gzippedKib(name: string): number {
  const files = readdirSync(path.join(BUNDLES, name), { recursive: true, withFileTypes: true });
  const sizes = files.map((file) =>
    file.isFile() ? gzipSync(readFileSync(path.join(file.parentPath, file.name))).length : 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1_024;
}
