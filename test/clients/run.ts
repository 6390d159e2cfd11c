/**
 * `npm run test:clients` runs real clients, at locked versions, against `eu-residency serve` in front of a strict Bedrock. Everything
 * runs in a network namespace with loopback only: an attempt of a client to reach anything else is counted, and fails. Without
 * Linux, root or Python it prints the reason and exits with 77. `-- NAME` runs only clients whose names contain NAME, and
 * `-- --write` writes `results.json`, from which `npm run docs` makes the table of docs/COMPATIBILITY.md.
 */
import { spawnSync } from 'node:child_process';
import { lookup } from 'node:dns/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { resultsTable } from '@/scripts/pages/known-clients';
import { counter, NOT_RUN, onlyLoopback, runInNamespace } from '../netns/namespace';
import type { Client, Tenant } from './client';
import { CLIENTS } from './clients/all';
import { type Comparison, compare } from './compare';
import { type Gateway, startGateway } from './gateway';
import { type Installed, install } from './install';
import { type Result, resultOf, writeResults } from './results';
import { runScript } from './run-script';
import { strictUpstream } from './strict-upstream';

const TENANTS: readonly Tenant[] = ['project', 'workspace'];
/** No route leads to this address, so each lookup of a name is counted as a packet without a route. */
const NO_NAME_SERVER = '192.0.2.53';

async function prepare(): Promise<number> {
  if (spawnSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' }).status !== 0) {
    console.error('not run: it needs python3 with venv');
    return NOT_RUN;
  }
  await install();
  return runInNamespace(__filename);
}

async function runClients(): Promise<number> {
  const write = process.argv.includes('--write');
  const names = process.argv.slice(2).filter((argument) => argument !== '--write');
  const clients = CLIENTS.filter(({ name }) => names.length === 0 || names.some((part) => name.includes(part)));
  const folder = mkdtempSync(path.join(tmpdir(), 'clients-'));
  onlyLoopback(folder, NO_NAME_SERVER);
  const installed = await install();
  const upstream = await strictUpstream();
  const gateway = await startGateway(folder, upstream.url);
  const results: Result[] = [];
  const failures: string[] = [];
  for (const client of clients) {
    const compared = await runClient(client, gateway, installed, folder);
    const failed = compared.flatMap((one) => one.failed);
    failures.push(...failed.map((line) => `${client.name}: ${line}`));
    const result = resultOf(client, compared);
    results.push(result);
    console.log(
      `${client.name}: ${result.passed} passed, ${result.refused} refused as documented, ${failed.length} failed`,
    );
  }
  await gateway.stop();
  await upstream.close();
  for (const complaint of upstream.complaints)
    failures.push(`Bedrock would refuse a request of the gateway: ${complaint}`);
  if (!(await isCounted())) failures.push('the control: a lookup of a name was not counted');

  for (const line of resultsTable(results)) console.log(line);
  for (const failure of failures) console.error(`FAILED  ${failure}`);
  if (failures.length === 0) rmSync(folder, { recursive: true });
  else console.error(`the gateway's records are in ${folder}/serve.log`);
  if (write && failures.length === 0 && names.length === 0) writeResults(results);
  const passed = results.reduce((sum, one) => sum + one.passed + one.refused, 0);
  console.log(`${passed} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}

async function runClient(
  client: Client,
  gateway: Gateway,
  installed: Installed,
  folder: string,
): Promise<Comparison[]> {
  const compared: Comparison[] = [];
  for (const tenant of TENANTS) {
    const before = leftNamespace();
    const { reported, output } = await runScript(client, tenant, gateway.access[tenant], installed, folder);
    const left = leftNamespace() - before;
    const found = compare(client, tenant, reported);
    const failed = found.failed.map((line) => `${tenant}: ${line}`);
    if (left > 0) failed.push(`${tenant}: ${left} attempts to reach something other than the gateway`);
    if (reported.length === 0) failed.push(`${tenant}: it reported nothing: ${output.slice(-600)}`);
    compared.push({ ...found, failed });
  }
  return compared;
}

/** Packets of the namespace that had no route: each is an attempt to leave it. */
const leftNamespace = () => counter('Ip', 'OutNoRoutes');

/** A control: without it, the counts of zero would prove nothing. */
async function isCounted(): Promise<boolean> {
  const before = leftNamespace();
  await lookup('example.com').catch(() => {});
  return leftNamespace() > before;
}

void (async () => {
  process.exitCode = process.env.INSIDE === '1' ? await runClients() : await prepare();
})();
