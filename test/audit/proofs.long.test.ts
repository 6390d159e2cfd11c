import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openFolder } from '@/lib/cli/audit/bundle/folder';
import type { Proof } from '@/lib/cli/audit/proof/proof';
import { prove } from '@/lib/cli/audit/proof/prove';
import { audit } from '@/lib/cli/commands/audit';
import { checkpointText, readCheckpoint } from '@/lib/ledger/checkpoint';
import { verifierText } from '@/lib/ledger/keys';
import { noteText, readNote } from '@/lib/ledger/note';
import { keyOf, LOG, OFFICER, signText } from '@/test/ledger/vectors';
import { makeBundle } from './support/sample-bundle';
import type { SampleRequest } from './support/sample-requests';

jest.setTimeout(120_000);

const root = mkdtempSync(path.join(tmpdir(), 'audit-proofs-'));
const at = (...names: string[]) => path.join(root, ...names);
const requests: SampleRequest[] = [];
let printed: string[];
let errors: string[];

beforeAll(() => {
  makeBundle({ folder: at('one'), requests: 4, plants: { requests: (some) => void requests.push(...some) } });
  // The same ledger up to hour 9, then another one, both signed with the ledger's key.
  makeBundle({
    folder: at('fork'),
    requests: 4,
    plants: { records: (some, hour) => (hour === 9 ? some.slice(1) : some) },
  });
  makeBundle({ folder: at('second'), requests: 4, seed: 2 });
  writeFileSync(at('ledger.key'), verifierText(LOG));
  writeFileSync(at('ledger.pem'), LOG.publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(at('officer.key'), verifierText(OFFICER));
  writeFileSync(at('officer.pem'), keyOf(2).export({ type: 'pkcs8', format: 'pem' }));
});
afterAll(() => rmSync(root, { recursive: true }));
beforeEach(() => {
  printed = [];
  errors = [];
  jest.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  jest.spyOn(console, 'error').mockImplementation((text: string) => void errors.push(text));
});
afterEach(() => jest.restoreAllMocks());

const checkpoint = (bundle: string, size: number) => at(bundle, 'ledger/checkpoints', `${size}`);
/** Leaves after a number of hours: four requests and the end of the hour. */
const sizeAfter = (hours: number) => hours * 5;

let states = 0;
const newState = () => {
  states += 1;
  return at(`state-${states}`);
};

function cosign(file: string, state: string, ...more: string[]): Promise<number> {
  const keys = ['--key', at('officer.pem'), '--name', OFFICER.name, '--log-key', at('ledger.key')];
  return audit(['cosign', file, ...keys, '--state', state, ...more]);
}

describe('audit prove', () => {
  test('each record of an hour has a proof that verifies', async () => {
    for (const request of requests.slice(20, 28)) {
      const out = at(`${request.id}.json`);
      expect(await audit(['prove', request.id, '--bundle', at('one'), '--out', out])).toBe(0);
      expect(await audit(['verify', out, '--key', at('ledger.key')])).toBe(0);
    }
    expect(printed).toHaveLength(8);
    expect(printed[0]).toBe('verified: the record is one of the first 30 leaves of the ledger example.eu/ledger');
  });

  test('a proof holds nothing of the other records but hashes', async () => {
    const [request] = requests.slice(20) as [SampleRequest];
    const proof = await prove(request.id, openFolder(at('one')));
    expect(Object.keys(proof).sort()).toEqual(['checkpoint', 'format', 'inclusion', 'index', 'record', 'salt']);
    for (const hash of proof.inclusion) expect(Buffer.from(hash, 'base64')).toHaveLength(32);
    const { text } = readNote(proof.checkpoint);
    expect(checkpointText(readCheckpoint(text))).toBe(text);
    expect(readCheckpoint(text).extensions).toEqual([]);
    const all = JSON.stringify(proof);
    for (const { id, requestId } of requests)
      expect(all.includes(id) || all.includes(requestId)).toBe(id === request.id);
  });

  test.each<[string, (proof: Proof) => object, string]>([
    ['another record', ({ record }) => ({ record: { ...record, outcome: 'refused' } }), "the record isn't leaf"],
    ['another salt', () => ({ salt: Buffer.alloc(16).toString('base64url') }), "the record isn't leaf"],
    ['another index', ({ index }) => ({ index: index + 1 }), "the record isn't leaf"],
    ['another hash', ({ inclusion }) => ({ inclusion: [...inclusion].reverse() }), "the record isn't leaf"],
    [
      'another checkpoint',
      ({ checkpoint: note }) => ({ checkpoint: note.replace('\n30\n', '\n31\n') }),
      "isn't the ledger's: its signature",
    ],
    ['no hashes', () => ({ inclusion: undefined }), 'neither a bundle nor a proof'],
    ['another format', () => ({ format: 2 }), 'neither a bundle nor a proof'],
  ])('a proof with %s is not verified', async (_, change, message) => {
    const proof = await prove((requests[20] as SampleRequest).id, openFolder(at('one')));
    writeFileSync(at('changed.json'), JSON.stringify({ ...proof, ...change(proof) }));
    expect(await audit(['verify', at('changed.json'), '--key', at('ledger.key')])).toBe(1);
    expect(printed.join()).toContain('not verified: ');
    expect(printed.join()).toContain(message);
  });

  test('an unknown record and a changed hour are refused', async () => {
    await expect(audit(['prove', 'req_unknown', '--bundle', at('one')])).rejects.toThrow(
      'no record of the bundle has this ID',
    );
    const forged = at('forged');
    makeBundle({
      folder: forged,
      plants: { lines: (lines, hour) => void (hour === 3 && lines.unshift(...lines.splice(1, 1))) },
    });
    const { id } = JSON.parse(await firstRecord(forged)).record;
    await expect(audit(['prove', id, '--bundle', forged])).rejects.toThrow(
      'no checkpoint of the bundle confirms the hour',
    );
  });
});

async function firstRecord(bundle: string): Promise<string> {
  const { gunzipSync } = await import('node:zlib');
  return gunzipSync(readFileSync(path.join(bundle, 'ledger/2026/11/01/03.ndjson.gz')))
    .toString()
    .split('\n')[0] as string;
}

describe('audit cosign', () => {
  test('a later checkpoint of the same history is cosigned', async () => {
    const state = newState();
    expect(await cosign(checkpoint('one', sizeAfter(6)), state, '--first')).toBe(0);
    expect(
      await cosign(checkpoint('one', sizeAfter(20)), state, '--bundle', at('one'), '--out', at('cosigned-20')),
    ).toBe(0);
    expect(await cosign(checkpoint('one', sizeAfter(20)), state)).toBe(0);
    expect(JSON.parse(readFileSync(state, 'utf8'))).toMatchObject({ origin: LOG.name, size: sizeAfter(20) });
    const verify = [
      'verify',
      at('one'),
      '--key',
      at('ledger.pem'),
      '--cosigned',
      at('cosigned-20'),
      '--cosigner',
      at('officer.key'),
    ];
    expect(await audit(verify)).toBe(0);
    expect(printed.at(-2)).toMatch(/cosigned +100 leaves, by example.eu\/officer at 20/);
    expect(printed.at(-1)).toContain('verified: nothing is missing');
  });

  test('a fork, a shorter tree, another ledger and another key are refused', async () => {
    const state = newState();
    await cosign(checkpoint('one', sizeAfter(12)), state, '--first');
    const before = readFileSync(state);
    const forkSize = sizeAfter(20) - 1;
    expect(await cosign(checkpoint('fork', forkSize), state, '--bundle', at('fork'))).toBe(1);
    expect(await cosign(checkpoint('one', sizeAfter(11)), state, '--bundle', at('one'))).toBe(1);
    expect(await cosign(checkpoint('one', sizeAfter(13)), state)).toBe(1);
    const other = checkpointText({ origin: 'example.eu/other', size: 70, root: Buffer.alloc(32), extensions: [] });
    const forged = noteText({ text: other, signatures: [signText(keyOf(1), LOG, other)] });
    writeFileSync(at('other'), forged);
    expect(await cosign(at('other'), state, '--bundle', at('one'))).toBe(1);
    const text = checkpointText({ origin: LOG.name, size: 70, root: Buffer.alloc(32), extensions: [] });
    writeFileSync(at('false'), noteText({ text, signatures: [signText(keyOf(5), LOG, text)] }));
    expect(await cosign(at('false'), state, '--bundle', at('one'))).toBe(1);
    const sameSize = checkpointText({ origin: LOG.name, size: sizeAfter(12), root: Buffer.alloc(32), extensions: [] });
    writeFileSync(at('same'), noteText({ text: sameSize, signatures: [signText(keyOf(1), LOG, sameSize)] }));
    expect(await cosign(at('same'), state)).toBe(1);
    expect(errors.map((text) => text.replace(/^(?!not).*/, ''))).toEqual([
      '',
      "not cosigned: its tree doesn't begin with the 60 leaves that were cosigned",
      'not cosigned: it has 55 leaves, fewer than the 60 that were cosigned',
      'not cosigned: no bundle shows that it follows; name one with --bundle',
      'not cosigned: the state is for another ledger',
      expect.stringContaining("not cosigned: it isn't the ledger's: its signature of the key"),
      'not cosigned: it states another tree of 60 leaves',
    ]);
    expect(readFileSync(state)).toEqual(before);
  });

  test('each of two cosigners of a checkpoint is found by a key without a name', async () => {
    const cosigned = [at('cosigned-one'), at('cosigned-two')] as const;
    writeFileSync(at('second.pem'), keyOf(3).export({ type: 'pkcs8', format: 'pem' }));
    const second = ['--key', at('second.pem'), '--name', 'example.eu/second', '--log-key', at('ledger.key')];
    expect(await cosign(checkpoint('one', sizeAfter(20)), newState(), '--first', '--out', cosigned[0])).toBe(0);
    const args = ['cosign', cosigned[0], ...second, '--state', newState(), '--first', '--out', cosigned[1]];
    expect(await audit(args)).toBe(0);
    for (const seed of [2, 3]) {
      const key = at(`cosigner-${seed}.pem`);
      writeFileSync(key, createPublicKey(keyOf(seed)).export({ type: 'spki', format: 'pem' }));
      const verify = ['verify', at('one'), '--key', at('ledger.key'), '--cosigned', cosigned[1], '--cosigner', key];
      expect(await audit(verify)).toBe(0);
      expect(printed.at(-2)).toContain(seed === 2 ? 'by example.eu/officer' : 'by example.eu/second');
    }
  });

  test('two histories shown to two readers are not both consistent with one cosigned checkpoint', async () => {
    const state = newState();
    const cosigned = at('cosigned-both');
    // A refused file leaves the state alone, or the officer wouldn't be at its first cosignature any more.
    await expect(cosign(checkpoint('one', sizeAfter(20)), state, '--first', '--out', `${state}/a`)).rejects.toThrow(
      "--out: the file can't be written",
    );
    expect(await cosign(checkpoint('one', sizeAfter(20)), state, '--first', '--out', cosigned)).toBe(0);
    const verify = (bundle: string) =>
      audit(['verify', at(bundle), '--key', at('ledger.key'), '--cosigned', cosigned, '--cosigner', at('officer.key')]);
    expect(await verify('one')).toBe(0);
    // Without the officer, the second reader would see no difference but a gap of one record.
    expect(await verify('fork')).toBe(1);
    expect(printed.join('\n')).toMatch(/cosigned checkpoint +a tree of 100 leaves/);
    // A history of the same sizes differs in its tree only.
    expect(await audit(['verify', at('second'), '--key', at('ledger.key')])).toBe(0);
    expect(await verify('second')).toBe(1);
    expect(printed.join('\n')).toMatch(/cosigned checkpoint +another tree of 100 leaves/);
    for (const hours of [20, 21]) {
      expect(await cosign(checkpoint('second', sizeAfter(hours)), state, '--bundle', at('second'))).toBe(1);
    }
    // Nor does the officer cosign any checkpoint of the second history after that.
    for (const size of [20, 21, 22].map((hours) => sizeAfter(hours) - 1)) {
      expect(await cosign(checkpoint('fork', size), state, '--bundle', at('fork'))).toBe(1);
    }
  });

  test('the state is neither forgotten nor shared by two commands', async () => {
    const state = newState();
    await expect(cosign(checkpoint('one', sizeAfter(6)), state)).rejects.toThrow('--state: the file does not exist');
    await cosign(checkpoint('one', sizeAfter(6)), state, '--first');
    await expect(cosign(checkpoint('one', sizeAfter(6)), state, '--first')).rejects.toThrow(
      'has cosigned this ledger before',
    );
    writeFileSync(`${state}.lock`, '');
    await expect(cosign(checkpoint('one', sizeAfter(6)), state)).rejects.toThrow('another command cosigns');
    rmSync(`${state}.lock`);
    writeFileSync(state, '{}');
    await expect(cosign(checkpoint('one', sizeAfter(6)), state)).rejects.toThrow('--state: the file has another form');
  });
});
