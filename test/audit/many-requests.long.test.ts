import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import type { Statement } from '@/lib/cli/audit/statement/statement';
import { verifierText } from '@/lib/ledger/keys';
import { LOG } from '@/test/ledger/vectors';
import { plantEverything } from './support/many-requests';

jest.setTimeout(900_000);

/** `npm run test:million` audits a million. To make their records and events takes longer than to audit them. */
const REQUESTS = Number(process.env.AUDIT_REQUESTS ?? 250_000);
/** Of processor time, for each million. */
const SECONDS = 30;

const ROOT = path.join(__dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'audit-many-'));
afterAll(() => rmSync(folder, { recursive: true }));

test(`${REQUESTS} requests are audited in 30 seconds of processor time a million and 300 MB, and nothing planted is missed`, () => {
  const bundle = path.join(folder, 'bundle');
  const planted = plantEverything(bundle, REQUESTS);
  const key = path.join(folder, 'ledger.key');
  writeFileSync(key, verifierText(LOG));
  const command = path.join(folder, 'eu-residency.cjs');
  const contents = "import { audit } from './lib/cli/commands/audit'; void audit(process.argv.slice(2));";
  buildSync({
    stdin: { contents, resolveDir: ROOT },
    outfile: command,
    bundle: true,
    platform: 'node',
    external: ['*/run-aws'],
  });
  const figures = path.join(folder, 'figures.json');
  const measure = `process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    const figures = { seconds: (user + system) / 1e6, mb: process.resourceUsage().maxRSS / 1024 };
    require('node:fs').writeFileSync(${JSON.stringify(figures)}, JSON.stringify(figures));
  });`;
  const preload = path.join(folder, 'measure.cjs');
  writeFileSync(preload, measure);
  const run = spawnSync(
    process.execPath,
    ['--require', preload, command, '--bundle', bundle, '--key', key, '--format', 'json'],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (run.stdout === '') throw new Error(run.stderr);
  const { seconds, mb } = JSON.parse(readFileSync(figures, 'utf8')) as { seconds: number; mb: number };
  console.info(`${seconds.toFixed(1)} s of processor time, ${mb.toFixed(0)} MB`);
  const statement = JSON.parse(run.stdout) as Statement;
  expect(statement.calls).toEqual(planted.calls);
  expect(statement.named.outside.map(({ requestId }) => requestId).sort()).toEqual(planted.outside.sort());
  expect(statement.named.unaccounted.map(({ requestId }) => requestId).sort()).toEqual(planted.unaccounted.sort());
  expect(statement.findings.map(({ kind, file }) => `${kind} ${file}`).sort()).toEqual(planted.findings.sort());
  expect(statement.verified.trail.repeatedEvents).toBe(planted.repeated);
  expect(seconds).toBeLessThan((SECONDS * REQUESTS) / 1e6);
  expect(mb).toBeLessThan(300);
});
