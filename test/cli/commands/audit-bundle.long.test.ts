import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { audit } from '@/lib/cli/commands/audit';
import { type Answerer, FakeAws, whoAmI } from '../../support/fake-aws';
import { folder } from '../support';

const HOUR = 'ledger/2026/11/29/10';
const STATE = `${HOUR}.state.json`;
const digestOf = (region: string) =>
  `AWSLogs/111122223333/CloudTrail-Digest/${region}/2026/11/29/111122223333_CloudTrail-Digest_${region}_trail_${region}_20261129T103000Z.json.gz`;
const INSIDE = digestOf('eu-central-1');

const OBJECTS: Readonly<Record<string, Buffer>> = {
  'ledger/start.json': Buffer.from('{"hour":"2026-11-29T10"}'),
  [`${HOUR}.ndjson.gz`]: Buffer.from('leaves'),
  [STATE]: Buffer.from('{"size":3}'),
  [INSIDE]: gzipSync('{"logFiles":[]}'),
  [digestOf('us-east-1')]: gzipSync('{"logFiles":[]}'),
};

/** Lists one name at a time, so that each list has several pages. */
const bucket: Answerer = ({ service, path: url }) => {
  if (service !== 's3') return undefined;
  const { pathname, searchParams } = new URL(url, 'http://bucket');
  if (!searchParams.has('versions')) {
    const bytes = OBJECTS[pathname.replace('/evidence/', '')];
    const headers = { 'x-amz-meta-signature': '5e', 'x-amz-meta-signature-algorithm': 'SHA256withRSA' };
    return bytes ? { bytes, headers } : { error: 'NoSuchKey', status: 404 };
  }
  const prefix = searchParams.get('prefix') ?? '';
  const below = Object.keys(OBJECTS).filter((key) => key.startsWith(prefix));
  const names = [...new Set(below.map((key) => /^[^/]*\/?/.exec(key.slice(prefix.length))?.[0] ?? ''))];
  const at = Number(searchParams.get('key-marker') ?? 0);
  const name = `${prefix}${names[at]}`;
  const entry = name.endsWith('/')
    ? `<CommonPrefixes><Prefix>${name}</Prefix></CommonPrefixes>`
    : `<Version><Key>${name}</Key><VersionId>first</VersionId></Version>`;
  const next = at + 1 < names.length ? `<IsTruncated>true</IsTruncated><NextKeyMarker>${at + 1}</NextKeyMarker>` : '';
  return { xml: `<ListVersionsResult>${names.length === 0 ? '' : entry}${next}</ListVersionsResult>` };
};

const trailKeys: Answerer = ({ action, body }) => {
  if (action !== 'ListPublicKeys') return undefined;
  const isSecond = JSON.parse(body).NextToken === 'more';
  const key = { Fingerprint: isSecond ? 'f2' : 'f1', Value: 'AAAA', ValidityStartTime: 0, ValidityEndTime: 60 };
  return { json: { PublicKeyList: [key], ...(!isSecond && { NextToken: 'more' }) } };
};

const aws = new FakeAws();
beforeAll(() => aws.start());
afterAll(() => aws.stop());

test("a bundle is copied from the bucket, and CloudTrail's keys only from Regions inside the boundary", async () => {
  aws.answerers = [whoAmI, bucket, trailKeys];
  const out = path.join(folder({}), 'bundle');
  const errors = jest.spyOn(console, 'error').mockImplementation();
  const before = { ...process.env };
  Object.assign(process.env, aws.environment());
  const source = ['--from', '2026-11-29', '--to', '2026-11-29', '--bucket', 'evidence', '--region', 'eu-central-1'];
  try {
    // A file that a state names is missing: the bucket has no checkpoint of 3 leaves.
    expect(await audit(['bundle', ...source, '--out', out])).toBe(1);
  } finally {
    process.env = before;
  }
  const said = errors.mock.calls.flat().join('\n');
  errors.mockRestore();
  expect(said).toContain('1 files are named by others and are not in the bucket');
  expect(said).toContain("CloudTrail's public keys of us-east-1 are not fetched");
  for (const [name, bytes] of Object.entries(OBJECTS)) expect(readFileSync(path.join(out, name))).toEqual(bytes);
  const read = (name: string) => JSON.parse(readFileSync(path.join(out, name), 'utf8'));
  expect(read('digest-signatures.json')).toContainEqual({ file: INSIDE, signature: '5e', algorithm: 'SHA256withRSA' });
  const validity = { value: 'AAAA', validFrom: '1970-01-01T00:00:00.000Z', validTo: '1970-01-01T00:01:00.000Z' };
  expect(read('trail-keys.json')).toMatchObject([
    { region: 'eu-central-1', keys: ['f1', 'f2'].map((fingerprint) => ({ fingerprint, ...validity })) },
  ]);
  expect(new Set(aws.calls.map(({ service, region }) => `${service} ${region}`))).toEqual(
    new Set(['sts eu-central-1', 's3 eu-central-1', 'cloudtrail eu-central-1']),
  );
});
