import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tender } from '@/lib/cli/commands/tender';
import { isRefuted, tenderAnswer } from '@/lib/evidence/tender/annex';
import { ANSWERS, type AnswerId } from '@/lib/evidence/tender/answers';
import { readInputs } from '@/lib/guard/assembly/read-inputs';
import { accessTo } from '@/lib/report/access/access-to-keys';
import { manifests } from '../guard/cdk/guarded-app';
import { ROOT, SUMMARY, synth } from './synth';

// It starts the CLI and an app, on a machine that may be busy with other tests.
jest.setTimeout(120_000);

const linesOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8').split('\n');
const lineOf = (file: string) => linesOf(file).findIndex((line) => SUMMARY.test(line)) + 1;
/** What a page says that the sample's synth ends with, after the line that says so. */
const quoted = (file: string) => `${file}:${lineOf(file)}: ${SUMMARY.exec(linesOf(file)[lineOf(file) - 1] ?? '')?.[0]}`;

test('the sample passes and ends with the inventory', async () => {
  const { code, output, outdir } = await synth('bin/app.ts', { RESIDENCY_CONFIG: path.join(ROOT, 'residency.yaml') });
  expect(output).toMatch(
    /Conversations\/Table \(DynamoDB table\) +eu-central-1 +DE +Workspace\/Key +365 days \+ 35 days restorable +key enforced here; retention set by the item's writer/,
  );
  expect(output).toMatch(
    /calls eu\.anthropic\.\S+ \(assistant 1\)[\s\S]*calls openai\.gpt-oss-120b-1:0 \(assistant 2\)/,
  );
  expect(output).toMatch(/processed in eu-central-1 \(DE\), .*: claimed by AWS, as of \d{4}-\d{2}/);
  expect(output).toMatch(SUMMARY);
  // A new resource changes the line in the README.
  expect(quoted('README.md')).toBe(`README.md:${lineOf('README.md')}: ${SUMMARY.exec(output)?.[0]}`);
  expect(output).not.toContain('\u001b[1m');
  expect(code).toBe(0);
  expect(manifests(outdir)).toEqual(['manifest.json']);

  // The principals that can decrypt with each key are known. Only three functions can read content; the function that makes branch
  // keys may only re-encrypt one that it made, which needs the permission of a decryption.
  const { templates } = readInputs([outdir]);
  const { keys } = accessTo(templates);
  expect(keys.map(({ key, unknown }) => [key, ...unknown])).toEqual(keys.map(({ key }) => [key]));
  const workspace = keys.find(({ key }) => key === 'Workspace/Key');
  expect(workspace?.protects).toHaveLength(4);
  const readers = workspace?.entries.filter(({ can, context }) => can === 'decrypt' && 'tablename' in context);
  expect(readers?.map(({ who, assumedBy, context }) => [who, assumedBy, context.tablename]).sort()).toEqual(
    ['Gateway/Gateway', 'KeyRequests/Make', 'Rights/Exporter', 'Rights/Witness'].map((name) => [
      `Workspace/${name}/Role`,
      ['lambda.amazonaws.com'],
      ['workspace/sciences'],
    ]),
  );

  // Of all answers to tenders, those about options that the sample doesn't use aren't true of it.
  const facts = { templates, violations: 0, attested: new Map(), titles: new Map(), date: '2026-11-30' };
  const answered = Object.keys(ANSWERS).map((id) => tenderAnswer(id as AnswerId, facts));
  expect(answered.filter(isRefuted).map(({ id }) => id)).toEqual([
    'keys.own',
    'network.host-name',
    'access.scim',
    'operations.recovery',
  ]);
  const log = jest.spyOn(console, 'log').mockImplementation();
  expect(tender([outdir, '--config', path.join(ROOT, 'residency.yaml'), '--framework', 'c5', '--format', 'csv'])).toBe(
    1,
  );
  const csv = String(log.mock.calls[0]?.[0]);
  log.mockRestore();
  expect(csv.match(/^.*Not in this assembly.*$/gm)?.map((row) => row.split(',')[0])).toEqual(['OPS-09', 'CRY-19']);
  expect(csv).toContain('exemple-foundation.template.json#/Resources/');
  expect(csv).not.toContain(path.basename(outdir));
});
