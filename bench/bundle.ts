import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { columns } from '../lib/report/columns';
import { median } from './statistics';

const ROOT = path.join(__dirname, '..');
const RUNS = 11;

/** The size of each handler's bundle, and how long a cold process takes to import it, on this Node and on Lambda's. */
export async function bundleBench(): Promise<void> {
  execFileSync(process.execPath, [path.join(ROOT, 'scripts/bundle.mjs')], { stdio: 'inherit' });
  const folder = path.join(ROOT, 'dist/bundles');
  const bundles = readdirSync(folder).map((name) => ({ name, file: path.join(folder, name, 'index.mjs') }));
  const nodes = [process.execPath, ...node24()];
  const scratch = mkdtempSync(path.join(tmpdir(), 'bench-bundle-'));
  const nothing = path.join(scratch, 'nothing.mjs');
  writeFileSync(nothing, '');
  const headers = nodes.map((node) => `import, Node ${versionOf(node)}`);
  const rows = [['bundle', 'KiB', 'KiB gzipped', ...headers]];
  const subjects = [{ name: '(nothing)', file: nothing }, ...bundles];
  const times = subjects.map(() => nodes.map(() => [] as number[]));
  // In turn, so that a slow moment of the machine is everybody's.
  for (let run = 0; run < RUNS; run++) {
    for (const [at, { file }] of subjects.entries()) {
      for (const [which, node] of nodes.entries()) times[at]?.[which]?.push(importTime(node, scratch, file));
    }
  }
  for (const [at, { name, file }] of subjects.entries()) {
    const content = readFileSync(file);
    rows.push([
      name,
      (content.length / 1024).toFixed(0),
      (gzipSync(content).length / 1024).toFixed(0),
      ...(times[at] ?? []).map((list) => `${median(list).toFixed(1)} ms`),
    ]);
  }
  console.log(`median of ${RUNS} cold processes\n\n${columns(rows).join('\n')}`);
}

/** Node 24 by its own package, where it can be had. */
function node24(): string[] {
  const { status, stdout } = spawnSync('npx', ['-y', '-p', 'node@24', 'node', '-p', 'process.execPath'], {
    encoding: 'utf8',
  });
  const found = stdout.trim();
  return status === 0 && found !== process.execPath ? [found] : [];
}

const versionOf = (node: string) => execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();

/** A handler reads its policy when it is loaded, and may refuse to start; until then it was imported all the same. */
function importTime(node: string, scratch: string, file: string): number {
  const script = path.join(scratch, 'import.mjs');
  const url = pathToFileURL(file).href;
  writeFileSync(
    script,
    `globalThis.awslambda={streamifyResponse:(handler)=>handler};const begun=performance.now();` +
      `try{await import(${JSON.stringify(url)})}catch{}process.stdout.write(String(performance.now()-begun));`,
  );
  const environment = { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', LAMBDA_TASK_ROOT: scratch };
  return Number(execFileSync(node, [script], { encoding: 'utf8', env: environment, cwd: scratch }));
}
