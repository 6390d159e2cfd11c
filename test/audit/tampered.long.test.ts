import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openFolder } from '@/lib/cli/audit/bundle/folder';
import { audit } from '@/lib/cli/commands/audit';
import { verifierText } from '@/lib/ledger/keys';
import { LOG } from '@/test/ledger/vectors';
import { makeBundle } from './support/sample-bundle';

jest.setTimeout(300_000);

const folder = mkdtempSync(path.join(tmpdir(), 'audit-tampered-'));
const bundle = path.join(folder, 'bundle');
const key = path.join(folder, 'ledger.key');
let printed: string[] = [];

beforeAll(() => {
  makeBundle({ folder: bundle, requests: 2 });
  writeFileSync(key, verifierText(LOG));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  printed = [];
  jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
});
afterEach(() => jest.restoreAllMocks());

const verify = () => audit(['verify', bundle, '--key', key]);
const GZIP_HEADER = 10;
/** Places in the file, as parts of its length. */
const PLACES = [0, 0.2, 0.4, 0.6, 0.8, 1];

test('the bundle verifies', async () => {
  expect(await verify()).toBe(0);
  expect(printed.at(-1)).toMatch(
    /^\nverified: nothing is missing, .* As the bundle states: the period, the boundary, CloudTrail's public keys$/,
  );
});

/** Each kind of file that is signed, or that a signed one confirms. */
test.each<[string, RegExp]>([
  ['the leaves of an hour', /^ledger\/2026\/11\/01\/07\.ndjson\.gz$/],
  ['a state', /^ledger\/2026\/11\/01\/07\.state\.json$/],
  ['a checkpoint', /^ledger\/checkpoints\/24$/],
  ['a digest', /CloudTrail-Digest\/eu-central-1\/.*T070000Z\.json\.gz$/],
  ['a digest of another Region', /CloudTrail-Digest\/us-east-1\//],
  ['a file of events', /CloudTrail\/.*T0700.*\.json\.gz$/],
])('%s with one other bit is named, wherever the bit is', async (_, form) => {
  const file = openFolder(bundle).files.find((one) => form.test(one)) as string;
  const bytes = readFileSync(path.join(bundle, file));
  const first = file.endsWith('.gz') ? GZIP_HEADER : 0;
  for (const place of PLACES) {
    const changed = Buffer.from(bytes);
    const at = first + Math.floor(place * (bytes.length - 1 - first));
    changed[at] = (changed[at] as number) ^ 1;
    writeFileSync(path.join(bundle, file), changed);
    printed = [];
    expect([at, await verify()]).toEqual([at, 1]);
    expect(printed.join('\n')).toContain('not verified: ');
    expect(printed.join('\n')).toContain(file);
  }
  writeFileSync(path.join(bundle, file), bytes);
});

/** Values of files that aren't signed, by which the audit would otherwise find nothing. */
test.each<[string, string, RegExp, string]>([
  ['the beginning of the ledger', 'ledger/start.json', /T00/, 'T01'],
  ['the name of the bucket', 'bundle.json', /chat-foundation/, 'chat-foundatiom'],
  ['the form', 'bundle.json', /"format":1/, '"format":2'],
  ['the first day', 'bundle.json', /"from":"2026-11-01/, '"from":"2026-10-01'],
  ['the last day', 'bundle.json', /"to":"2026-11-01/, '"to":"2026-11-02'],
  ['the boundary', 'bundle.json', /"boundary":"eu"/, '"boundary":"ex"'],
  ['a signature', 'digest-signatures.json', /"signature":"./, '"signature":"x'],
  ['a public key', 'trail-keys.json', /"value":"MIIBCg/, '"value":"MIIBCh'],
  ['the fingerprint of a key', 'trail-keys.json', /31e8b543/, '31e8b542'],
  ['the period of a key', 'trail-keys.json', /"validTo":"2027/, '"validTo":"2017'],
])('%s that is another one is found', async (_, file, from, to) => {
  const text = readFileSync(path.join(bundle, file), 'utf8');
  writeFileSync(path.join(bundle, file), text.replace(from, to));
  const code = await verify();
  writeFileSync(path.join(bundle, file), text);
  expect(code).toBe(1);
  expect(printed.join('\n')).toMatch(/not verified: \d+ findings/);
});
