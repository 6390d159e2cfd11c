import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBundle } from '@/lib/cli/audit/bundle/open-bundle';
import { auditBundle } from '@/lib/cli/audit/join/audit-bundle';
import { statementOf } from '@/lib/cli/audit/statement/statement';
import type { DigestSignature } from '@/lib/cli/audit/trail/digest-signatures';
import { readGivenKeys } from '@/lib/cli/audit/trail/given-keys';
import { runAuditBundle } from '@/lib/cli/run/run-audit-bundle';
import { LOG } from '@/test/ledger/vectors';
import { BucketServer, fail } from './support/bucket-server';
import { makeBundle, OTHER_REGIONS, trailKey } from './support/sample-bundle';
import { BUCKET, trailKeysOf } from './support/sample-trail';

jest.setTimeout(120_000);

const root = mkdtempSync(path.join(tmpdir(), 'audit-bucket-'));
const source = path.join(root, 'source');
const environment = process.env;
let server: BucketServer;
let errors: string[];
let runs = 0;

beforeAll(() => makeBundle({ folder: source, requests: 2, isHourly: true, plants: { isLate: (hour) => hour === 5 } }));
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(async () => {
  server = new BucketServer();
  const url = await server.start();
  process.env = {
    ...environment,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'AKIDTEST',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '3',
  };
  errors = [];
  jest.spyOn(console, 'error').mockImplementation((text: string) => void errors.push(text));
  upload();
});
afterEach(() => {
  server.stop();
  process.env = environment;
  jest.restoreAllMocks();
});

function upload(): void {
  const bundle = openBundle(source);
  const signatures: DigestSignature[] = JSON.parse(readFileSync(path.join(source, 'digest-signatures.json'), 'utf8'));
  const byFile = new Map(signatures.map((one) => [one.file, one]));
  for (const file of bundle.files.filter((one) => one.includes('/'))) {
    const signed = byFile.get(file);
    const metadata = signed && {
      signature: signed.signature,
      'signature-algorithm': signed.algorithm,
      ...(signed.generatedAt !== undefined && { 'backfill-generation-timestamp': signed.generatedAt }),
    };
    server.objects.set(file, [{ bytes: readFileSync(path.join(source, file)), metadata }]);
  }
}

const newFolder = () => path.join(root, `out-${++runs}`);
const bundleInto = (out: string) =>
  runAuditBundle([
    ...['--from', '2026-11-01', '--to', '2026-11-01', '--bucket', BUCKET, '--region', 'eu-central-1'],
    ...['--out', out],
  ]);

/** Public keys that a third party fetched. */
function givenKeys() {
  const files = ['eu-central-1', ...OTHER_REGIONS].map((region) => {
    const PublicKeyList = trailKeysOf(trailKey(), region).keys.map(({ value, validFrom, fingerprint, validTo }) => ({
      Value: value,
      ValidityStartTime: validFrom,
      ValidityEndTime: validTo,
      Fingerprint: fingerprint,
    }));
    const file = path.join(root, `${region}.json`);
    writeFileSync(file, JSON.stringify({ PublicKeyList }));
    return file;
  });
  return readGivenKeys(files);
}

const stated = async (folder: string) =>
  statementOf(await auditBundle(openBundle(folder), { key: () => LOG, trailKeys: givenKeys() }));

test('a bundle of a bucket with pages of versions is complete, and each file is read by its version', async () => {
  const out = newFolder();
  expect(await bundleInto(out)).toBe(0);
  const statement = await stated(out);
  expect(statement.findings).toEqual([]);
  expect(statement).toMatchObject({ complete: true, requests: 48, calls: { inside: 48 } });
  const gets = server.requests.filter((one) => one.startsWith('GET') && !one.includes('versions'));
  expect(gets.length).toBeGreaterThan(100);
  expect(gets.filter((one) => !/\?.*versionId=v0/.test(one))).toEqual([]);
  expect(server.requests.filter((one) => one.includes('key-marker=')).length).toBeGreaterThan(10);
  expect(errors.join('\n')).not.toContain('later version');
});

const HOUR = 'ledger/2026/11/01/07';

test('objects that were overwritten or hidden later are copied in their first version, and named', async () => {
  const planted = [`${HOUR}.ndjson.gz`, `${HOUR}.state.json`, 'ledger/start.json', 'ledger/checkpoints/24'];
  planted.push(...[...server.objects.keys()].filter((key) => /CloudTrail.*eu-central-1.*T0[57]00/.test(key)));
  for (const [index, key] of planted.entries()) {
    const versions = server.objects.get(key) ?? [];
    expect(versions).toHaveLength(1);
    // More versions than a page has.
    for (let version = 0; version < 9; version += 1) versions.push(index % 2 === 0 ? { bytes: Buffer.from('{}') } : {});
  }
  const out = newFolder();
  expect(await bundleInto(out)).toBe(0);
  expect((await stated(out)).complete).toBe(true);
  expect(errors).toContainEqual(
    expect.stringMatching(`^${planted.length} files have a later version or a delete marker`),
  );
});

test('a file that is cut off is read again, and named if it never ends', async () => {
  let cut = 2;
  server.instead = (url, response) => {
    if (!url.pathname.endsWith(`${HOUR}.ndjson.gz`) || cut === 0) return false;
    cut -= 1;
    response.writeHead(200, { 'content-length': 1_000 });
    response.write('begin', () => response.destroy());
    return true;
  };
  const out = newFolder();
  expect(await bundleInto(out)).toBe(0);
  expect((await stated(out)).complete).toBe(true);
  cut = Number.POSITIVE_INFINITY;
  await expect(bundleInto(newFolder())).rejects.toThrow(
    new RegExp(`^${HOUR}.ndjson.gz in the evidence bucket can't be read \\(\\w+\\); try again, into another folder$`),
  );
});

test.each<[string, number, string, RegExp]>([
  [
    'AccessDenied',
    403,
    'ndjson.gz',
    /07\.ndjson\.gz in .*: your credentials may not read it; allow s3:GetObjectVersion/,
  ],
  ['AccessDenied', 403, `/${BUCKET}`, /^the list of \S+ in .*may not read it; allow s3:ListBucketVersions$/],
  ['NoSuchBucket', 404, `/${BUCKET}`, /^--bucket: no such bucket/],
  ['PermanentRedirect', 301, `/${BUCKET}`, /^--region: the bucket is in another Region/],
  ['InternalError', 500, `/${BUCKET}`, /can't be read \(InternalError\); try again/],
])('%s of S3 (%s) stops the command, in its own words', async (code, status, ending, message) => {
  server.instead = (url, response) => {
    const isThis =
      ending === 'ndjson.gz' ? url.pathname.endsWith(`${HOUR}.${ending}`) : url.pathname.replace(/\/$/, '') === ending;
    if (isThis) fail(response, status, code);
    return isThis;
  };
  const error = await bundleInto(newFolder()).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ name: 'UsageError', message: expect.stringMatching(message) });
  expect(String(error)).not.toContain('CANARY');
  // At most the files that were begun are finished.
  const count = server.requests.length;
  await server.idle();
  expect(server.requests.length - count).toBeLessThan(8);
});

test('files that can be read but not understood are copied, and the audit names them', async () => {
  const digest = [...server.objects.keys()].find((key) =>
    /CloudTrail-Digest\/eu-central-1.*T070000Z/.test(key),
  ) as string;
  for (const key of [`${HOUR}.state.json`, digest]) server.objects.set(key, [{ bytes: Buffer.from('not JSON') }]);
  const out = newFolder();
  await bundleInto(out);
  const { complete, findings } = await stated(out);
  expect(complete).toBe(false);
  expect(findings.map(({ file }) => file)).toEqual(expect.arrayContaining([digest]));
});
