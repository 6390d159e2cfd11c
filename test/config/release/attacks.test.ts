import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { linesFrom } from '../support';
import { digestOfText, Folder, keyChangeText, newKeys, releaseText, signedAnyhow, type TestKeys } from './support';

/**
 * An attack on `facts update`, as a file of the folder `attacks`. What a key must have signed is completed here, because no private
 * key may be in the repository. Version 5 was accepted before, on 2026-12-01.
 */
interface Attack {
  /** The whole file. */
  readonly raw?: string;
  /** What is signed, as a value, a text or bytes in base64. */
  readonly content?: object;
  readonly text?: string;
  readonly base64?: string;
  /** The content that is written in place of the signed one. */
  readonly payloadOf?: object;
  /** Fields of the protected header. */
  readonly header?: object;
  /** The key that signs, and the key that the header names; by default the first key, and the one that signs. */
  readonly signer?: keyof TestKeys;
  readonly kid?: keyof TestKeys;
  /** What was accepted after version 5. */
  readonly after?: 'key-change';
  /** The attack whose message this one shares, because nothing can distinguish the two. */
  readonly same?: string;
  /** The reason that the message gives. */
  readonly refused: string;
}

const FOLDER = path.join(__dirname, 'attacks');
const ATTACKS = readdirSync(FOLDER).map(
  (name) => [name.replace('.json', ''), JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8')) as Attack] as const,
);

let keys: TestKeys;
let accepted: string;
let keyChange: string;
const messages = new Map<string, string>();

beforeAll(async () => {
  keys = await newKeys();
  accepted = await releaseText(keys, { version: 5 });
  keyChange = await keyChangeText(keys, 6);
});

/** The value with the keys and the accepted release in their places. */
function completed(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replaceAll('"$accepted"', JSON.stringify({ version: 5, digest: digestOfText(accepted) }))
    .replace(/"\$(first|next|other)"/g, (_, name: keyof TestKeys) => JSON.stringify(keys[name].publicJwk))
    .replace('"$"', JSON.stringify(keys.next.publicJwk.x));
  return JSON.parse(text);
}

const payloadOf = ({ content, text, base64 = '' }: Attack): string | Buffer =>
  text ?? (content === undefined ? Buffer.from(base64, 'base64url') : JSON.stringify(completed(content)));

function fileOf(attack: Attack): string {
  if (attack.raw !== undefined) return attack.raw;
  const signer = keys[attack.signer ?? 'first'];
  const header = {
    alg: 'Ed25519',
    kid: keys[attack.kid ?? attack.signer ?? 'first'].kid,
    typ: 'eu-residency-facts+json',
    ...(completed(attack.header ?? {}) as object),
  };
  const jws = signedAnyhow(payloadOf(attack), header, signer);
  const payload = attack.payloadOf && Buffer.from(JSON.stringify(completed(attack.payloadOf))).toString('base64url');
  return JSON.stringify({ ...jws, ...(payload && { payload }) });
}

function refusal(text: string, after?: string): string {
  const folder = new Folder(keys);
  folder.accept(accepted);
  if (after === 'key-change') folder.accept(keyChange);
  const before = folder.contents;
  const [line = '', ...others] = linesFrom(() => folder.accept(text));
  expect(others).toEqual([]);
  // Nothing of a refused file is stored.
  expect(folder.contents).toEqual(before);
  return line;
}

/** The message of a refused attack, which is made once for all tests. */
function messageOf(name: string, attack: Attack): string {
  const message = messages.get(name) ?? refusal(fileOf(attack), attack.after);
  messages.set(name, message);
  return message;
}

test.each(ATTACKS)('%s', (name, attack) => {
  expect(messageOf(name, attack)).toContain(attack.refused);
});

const HUGE = ' '.repeat(4 * 1024 * 1024 + 1);

test('a huge file', () => {
  expect(refusal(HUGE)).toContain('has 4194305 bytes; a facts release has at most 4194304');
});

test('deep nesting', () => {
  expect(refusal('['.repeat(1_000_000) + ']'.repeat(1_000_000))).toContain('must be a JWS');
});

test('each attack has its own message', () => {
  const withoutFile = (line: string) => line.replace(/^.*release-\d+\.json: /, '');
  const own = new Map(ATTACKS.map(([name, attack]) => [name, withoutFile(messageOf(name, attack))]));
  const shared = ATTACKS.filter(([, { same }]) => same !== undefined);
  for (const [name, { same = '' }] of shared) expect(own.get(name)).toBe(own.get(same));
  expect(new Set([...own.values(), withoutFile(refusal(HUGE))]).size).toBe(ATTACKS.length + 1 - shared.length);
});

test('the same file without the attack is accepted', async () => {
  const folder = new Folder(keys);
  folder.accept(accepted);
  const content = {
    ...(completed(JSON.parse(readFileSync(path.join(FOLDER, 'wrong-previous-digest.json'), 'utf8')).content) as object),
    previous: { version: 5, digest: digestOfText(accepted) },
  };
  expect(folder.accept(fileOf({ content, refused: '' })).content.version).toBe(6);
});
