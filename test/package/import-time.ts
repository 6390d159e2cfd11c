import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the import of a file took, in milliseconds. */
export interface ImportTime {
  readonly elapsed: number;
  /** Of a processor: what it would take on a machine that does nothing else. */
  readonly processor: number;
}

const scratch = mkdtempSync(path.join(tmpdir(), 'import-'));

/** A handler reads its policy when it is loaded, and may refuse to start; until then it was imported all the same. */
export function importTime(node: string, file: string): ImportTime {
  const script = path.join(scratch, 'import.mjs');
  writeFileSync(
    script,
    `globalThis.awslambda={streamifyResponse:(handler)=>handler};const begun=performance.now();const cpu=process.cpuUsage();
try{await import(${JSON.stringify(pathToFileURL(file).href)})}catch{}
const {user,system}=process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({elapsed:performance.now()-begun,processor:(user+system)/1000}));`,
  );
  const environment = { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', LAMBDA_TASK_ROOT: scratch };
  return JSON.parse(execFileSync(node, [script], { encoding: 'utf8', env: environment, cwd: scratch }));
}

/** The processor time of a whole process that ends with success, from its start, in milliseconds. */
export function processTime(cwd: string, args: readonly string[]): number {
  const hook = path.join(scratch, 'at-exit.cjs');
  writeFileSync(
    hook,
    "process.on('exit',()=>{const{user,system}=process.cpuUsage();require('node:fs').writeSync(2,`${(user+system)/1000}`)});",
  );
  const { status, stderr } = spawnSync(process.execPath, ['--require', hook, ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return Number(stderr);
}

/** Node of a major version: this one, or that of its own package where it can be had. */
export function nodeOf(major: number): string | undefined {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const args = ['-y', '-p', `node@${major}`, 'node', '-p', 'process.execPath'];
  const { status, stdout } = spawnSync('npx', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

export const versionOf = (node: string): string =>
  execFileSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
