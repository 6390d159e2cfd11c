import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Manifest } from '@/lib/cli/audit/bundle/manifest';
import { openBundle } from '@/lib/cli/audit/bundle/open-bundle';
import type { EvidenceStore } from '@/lib/cli/audit/fetch/evidence-store';
import { fetchBundle } from '@/lib/cli/audit/fetch/fetch-bundle';
import { auditBundle } from '@/lib/cli/audit/join/audit-bundle';
import { statementOf } from '@/lib/cli/audit/statement/statement';
import type { DigestSignature } from '@/lib/cli/audit/trail/digest-signatures';
import { LOG } from '@/test/ledger/vectors';
import { makeBundle, trailKey } from './support/sample-bundle';
import { BUCKET, trailKeysOf } from './support/sample-trail';

jest.setTimeout(120_000);

const root = mkdtempSync(path.join(tmpdir(), 'audit-fetch-'));
const bucket = path.join(root, 'bucket');
const isLate = (hour: number) => hour === 30;
beforeAll(() => makeBundle({ folder: bucket, days: 3, requests: 2, isHourly: true, plants: { isLate } }));
afterAll(() => rmSync(root, { recursive: true }));

/** A bucket that is a folder, with the metadata of digests. */
function storeOf(folder: string, withoutKeys?: string): EvidenceStore {
  const signatures: DigestSignature[] = JSON.parse(readFileSync(path.join(folder, 'digest-signatures.json'), 'utf8'));
  return {
    account: '111122223333',
    list: async (prefix) => {
      const target = path.join(folder, prefix);
      if (!statSync(target, { throwIfNoEntry: false })) return [];
      const entries = readdirSync(target, { withFileTypes: true });
      return entries.map((entry) => `${prefix}${entry.name}${entry.isDirectory() ? '/' : ''}`);
    },
    get: async (file) => {
      const target = path.join(folder, file);
      if (!statSync(target, { throwIfNoEntry: false })) return undefined;
      const found = signatures.find((one) => one.file === file);
      const metadata = found && {
        signature: found.signature,
        'signature-algorithm': found.algorithm,
        ...(found.generatedAt !== undefined && { 'backfill-generation-timestamp': found.generatedAt }),
      };
      return { bytes: readFileSync(target), metadata: metadata ?? {}, isReplaced: false };
    },
    publicKeys: async (region) => (region === withoutKeys ? undefined : trailKeysOf(trailKey(), region)),
  };
}

async function fetched(name: string, from: string, to: string, withoutKeys?: string) {
  const folder = path.join(root, name);
  const manifest: Manifest = {
    format: 1,
    fetchedAt: '2026-12-01T06:00:00.000Z',
    from,
    to,
    bucket: BUCKET,
    boundary: 'eu',
  };
  const result = await fetchBundle(manifest, storeOf(bucket, withoutKeys), (file, bytes) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), bytes, { flag: 'wx' });
  });
  return { result, bundle: openBundle(folder) };
}

test.each([
  ['the first day', '2026-11-01', '2026-11-01', 24],
  ['a day in between, with a late file', '2026-11-02', '2026-11-02', 24],
  ['the last days', '2026-11-02', '2026-11-03', 48],
])('%s of a ledger can be audited alone', async (name, from, to, hours) => {
  const { result, bundle } = await fetched(name, from, to);
  expect(result).toMatchObject({ missing: [], withoutKeys: [] });
  const statement = statementOf(await auditBundle(bundle, { key: () => LOG }));
  expect(statement).toMatchObject({ complete: true, findings: [], requests: hours * 2 });
  expect(statement.calls.inside).toBe(hours * 2);
});

test('a Region whose keys are not fetched makes the statement incomplete, and nothing else is named', async () => {
  const { result, bundle } = await fetched('without', '2026-11-02', '2026-11-02', 'us-east-1');
  expect(result).toMatchObject({ missing: [], withoutKeys: ['us-east-1'] });
  const { complete, findings } = statementOf(await auditBundle(bundle, { key: () => LOG }));
  expect(complete).toBe(false);
  expect(findings).toMatchObject([{ kind: 'gap', file: 'trail of us-east-1' }]);
});

test('a file that a digest names and the bucket lacks is reported, and the audit names it', async () => {
  const file = openBundle(bucket).files.find((one) => /CloudTrail\/.*\/02\/.*T0700/.test(one)) as string;
  const bytes = readFileSync(path.join(bucket, file));
  rmSync(path.join(bucket, file));
  const { result, bundle } = await fetched('missing', '2026-11-02', '2026-11-02');
  writeFileSync(path.join(bucket, file), bytes);
  expect(result.missing).toEqual([file]);
  const { findings } = statementOf(await auditBundle(bundle, { key: () => LOG }));
  expect(findings).toEqual([
    { kind: 'gap', file, found: 'no such file', expected: 'a file of events, which a digest names' },
  ]);
});
