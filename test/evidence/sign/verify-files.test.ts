import { generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import type { EvidenceFile } from '@/lib/evidence/formats/evidence-file';
import type { Envelope } from '@/lib/evidence/sign/dsse';
import { keyIdOf, localSigner, publicKeyOf } from '@/lib/evidence/sign/keys';
import { signatureOf } from '@/lib/evidence/sign/sign-files';
import { verifyFiles } from '@/lib/evidence/sign/verify-files';
import { evidenceOf, resources, stack } from '../support/app';

const EVIDENCE = evidenceOf([stack(resources())]);
const ed25519 = generateKeyPairSync('ed25519');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: typeof ed25519.privateKey) => key.export({ format: 'pem', type: 'pkcs8' }) as string;
const FILES = [...Array(10).keys()].map((index) => ({ name: `evidence-${index}.csv`, content: `row ${index}\r\n` }));

const signed = async (key = ed25519.privateKey, files: readonly EvidenceFile[] = FILES) =>
  `${(await signatureOf(EVIDENCE, files, localSigner(pem(key)))).content}`;
const check = (signature: string, files: readonly EvidenceFile[], key = ed25519.publicKey) =>
  verifyFiles(
    signature,
    key,
    files.map(({ name }) => name),
    (name) => Buffer.from(files.find((file) => file.name === name)?.content ?? ''),
  );
const VERIFIED = { kind: 'signed', files: FILES.length, differences: [] };

test.each([
  ['Ed25519', ed25519],
  ['P-256', p256],
])('a signature by a key of kind %s proves the files as they were signed', async (_, pair) => {
  expect(check(await signed(pair.privateKey), FILES, pair.publicKey)).toEqual(VERIFIED);
});

test('each of 100 altered files is named, wherever a byte differs', async () => {
  const signature = await signed();
  fc.assert(
    fc.property(fc.nat(9), fc.nat(6), fc.integer({ min: 1, max: 255 }), (index, at, flip) => {
      const files = FILES.map(({ name, content }, place) => {
        const bytes = Buffer.from(content);
        if (place === index) bytes[at] = (bytes[at] ?? 0) ^ flip;
        return { name, content: bytes };
      });
      const differences = [{ kind: 'altered', name: `evidence-${index}.csv` }];
      expect(check(signature, files)).toEqual({ ...VERIFIED, differences });
    }),
    { numRuns: 100 },
  );
});

test('a missing and an added file are named, and one that was renamed is both', async () => {
  const [first, ...others] = FILES;
  const renamed = { name: 'other.csv', content: `${first?.content}` };
  expect(check(await signed(), [...others, renamed])).toMatchObject({
    differences: [
      { kind: 'missing', name: 'evidence-0.csv' },
      { kind: 'added', name: 'other.csv' },
    ],
  });
});

describe('a signature proves nothing', () => {
  const altered = async (change: (envelope: { -readonly [K in keyof Envelope]: Envelope[K] }) => void) => {
    const envelope = JSON.parse(await signed());
    change(envelope);
    return JSON.stringify(envelope);
  };
  const otherStatement = (envelope: Envelope) =>
    Buffer.from(
      Buffer.from(envelope.payload, 'base64').toString().replace('evidence-0.csv', 'evidence-x.csv'),
    ).toString('base64');

  test.each<[string, () => Promise<string>, RegExp]>([
    ['by another key', () => signed(generateKeyPairSync('ed25519').privateKey), /didn't make the signature/],
    ['by a key of another kind', () => signed(p256.privateKey), /didn't make the signature/],
    [
      'with another statement',
      () => altered((envelope) => Object.assign(envelope, { payload: otherStatement(envelope) })),
      /was altered/,
    ],
    [
      'of another type',
      () => altered((envelope) => Object.assign(envelope, { payloadType: 'text' })),
      /something else/,
    ],
    ['without a signature', () => altered((envelope) => Object.assign(envelope, { signatures: [] })), /was altered/],
    ['that is not an envelope', async () => '{}', /isn't one DSSE envelope/],
    ['that is not JSON', async () => 'none', /isn't one DSSE envelope/],
  ])('%s', async (_, make, reason) => {
    expect(check(await make(), FILES)).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});

test("the signed bytes are those of DSSE's protocol, and the payload is a statement of in-toto about digests", async () => {
  const { payload, payloadType, signatures } = JSON.parse(await signed()) as Envelope;
  const body = Buffer.from(payload, 'base64');
  const bytes = Buffer.from(
    `DSSEv1 ${payloadType.length} ${payloadType} ${body.length} ${body.toString('latin1')}`,
    'latin1',
  );
  const [{ sig, keyid }] = signatures as [Envelope['signatures'][number]];
  expect(verify(null, bytes, ed25519.publicKey, Buffer.from(sig, 'base64'))).toBe(true);
  expect(keyid).toBe(keyIdOf(ed25519.publicKey));
  expect(JSON.parse(body.toString())).toMatchObject({
    _type: 'https://in-toto.io/Statement/v1',
    subject: FILES.map(({ name }) => ({ name, digest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } })),
    predicate: { date: '2026-11-30' },
  });
});

test.each([
  ['no key', 'none', /with: openssl (?:genpkey|pkey) -/],
  ['an RSA key', pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey), /another kind/],
  ['another curve', pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey), /another kind/],
])('%s is refused', (_, text, reason) => {
  expect(() => localSigner(text)).toThrow(reason);
  expect(() => publicKeyOf(text)).toThrow(reason);
});
