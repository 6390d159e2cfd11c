import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { parse, stringify } from 'yaml';
import type { Figures } from './figures';

const ROOT = path.join(__dirname, '../..');

const NAMES = ['law', 'history', 'mathematics', 'computer-science', 'veterinary-medicine'];
const RETENTIONS = ['365d', '90d'];

/** Synthesizes the sample with a number of workspaces, with names of several lengths and two settings, in a process of its own. */
export function measureSynth(workspaces: number): Figures {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-synth-'));
  const config = path.join(folder, 'residency.yaml');
  writeFileSync(config, withWorkspaces(workspaces));
  try {
    // Compiled before, as users' apps are. tsx would take as long as several workspaces.
    const child = path.join(folder, 'child.cjs');
    buildSync({ entryPoints: [path.join(__dirname, 'child.ts')], outfile: child, platform: 'node', format: 'cjs' });
    const context = {
      ...JSON.parse(readFileSync(path.join(ROOT, 'cdk.json'), 'utf8')).context,
      'aws:cdk:enable-path-metadata': true,
    };
    const { status, stdout, stderr, error } = spawnSync(
      process.execPath,
      ['--enable-source-maps', child, config, path.join(folder, 'cdk.out')],
      {
        cwd: ROOT,
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(context), CDK_VALIDATION: undefined },
      },
    );
    if (error !== undefined) throw error;
    if (status !== 0) throw new Error(`${workspaces} workspaces aren't synthesized:\n${stderr.slice(-4000)}`);
    return JSON.parse(stdout.trim().split('\n').at(-1) as string);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function withWorkspaces(count: number): string {
  const config = parse(readFileSync(path.join(ROOT, 'residency.yaml'), 'utf8'));
  const [workspace] = config.workspaces;
  config.workspaces = Array.from({ length: count }, (_, nth) => ({
    ...structuredClone(workspace),
    id: `${NAMES[nth % NAMES.length]}-${nth}`,
    retention: RETENTIONS[nth % RETENTIONS.length],
  }));
  return stringify(config);
}
