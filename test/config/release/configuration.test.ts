import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { factsOf } from '@/lib/boundary/facts-of';
import { writtenConfig } from '@/lib/cli/models/written-config';
import { loadConfig } from '@/lib/config/load';
import { withFactsIn } from '@/lib/config/load-facts';
import { linesFrom, linesOf, VALID } from '../support';
import { Folder, NEW_MODEL, newKeys, releaseText, type TestKeys } from './support';

let keys: TestKeys;
let folder: Folder;
beforeAll(async () => {
  keys = await newKeys();
  folder = new Folder(keys);
  folder.accept(await releaseText(keys));
});

const jwk = ({ publicJwk }: TestKeys['first'], over: object = {}) => JSON.stringify({ ...publicJwk, ...over });
const pins = () => `factsKeys:\n  first: ${jwk(keys.first)}\n  second: ${jwk(keys.second)}\n`;

function configured(text: string, name = 'residency.yaml'): string {
  const file = path.join(folder.path, name);
  writeFileSync(file, text);
  return file;
}

test('a model of the release can be deployed', () => {
  const models = `models: [{ id: wise, destinations: [{ bedrock: '${NEW_MODEL}' }] }]\n`;
  const text = `boundary: eu\n${pins()}${models}`;
  const { boundary } = loadConfig(configured(`boundary: eu\n${pins()}`));
  expect(factsOf(boundary).profile(NEW_MODEL)?.origin).toEqual({ kind: 'release', version: 1 });
  expect(linesFrom(() => loadConfig(configured(text))).join()).not.toContain(NEW_MODEL);
  expect(linesOf(`boundary: eu\n${models}`).join()).toContain(NEW_MODEL);
});

test('what the guard checks rests on the release as well', () => {
  const { boundary, deployment } = loadConfig(configured(`boundary: eu\n${pins()}`));
  expect(factsOf(boundary).release?.version).toBe(1);
  expect(deployment).toBeUndefined();
});

test('the keys aren’t part of the deployment', () => {
  expect(loadConfig(configured(`${VALID}${pins()}`)).deployment).not.toHaveProperty('factsKeys');
});

test('`models` lists by the release, even of a configuration that is incomplete', () => {
  const file = configured(`boundary: eu\nmodels: []\n${pins()}`);
  const { boundary, raw } = writtenConfig(file);
  const decided = boundary && withFactsIn({ folder: path.dirname(file), raw }, boundary);
  expect(decided && factsOf(decided).release?.version).toBe(1);
});

test('without the keys, the release isn’t used, and the file says why', () => {
  expect(linesFrom(() => loadConfig(configured('boundary: eu\n')))).toEqual([
    `${path.join(folder.path, 'residency-facts.release.json')}: can't be verified: this version of the package contains no key of ` +
      "facts releases; pin the keys that the maintainers published, or your own, as 'factsKeys' in residency.yaml",
  ]);
});

// biome-ignore format: one row a line
test.each<[string, () => string, string]>([
  ['a private key', () => `factsKeys: { first: ${jwk(keys.first, { d: 'AAAA' })} }`, "factsKeys.first.d: isn't a known key; allowed: kty, crv, x"],
  ['another curve', () => `factsKeys: { first: ${jwk(keys.first, { crv: 'X25519' })} }`, "factsKeys.first.crv: found 'X25519'; allowed: Ed25519"],
  ['another kind of key', () => `factsKeys: { first: ${jwk(keys.first, { kty: 'RSA' })} }`, "factsKeys.first.kty: found 'RSA'; allowed: OKP"],
  ['a short key', () => `factsKeys: { first: ${jwk(keys.first, { x: 'AAAA' })} }`, "factsKeys.first.x: found 'AAAA'; allowed: a public key of 32 bytes in base64url"],
  ['no first key', () => `factsKeys: { second: ${jwk(keys.second)} }`, "factsKeys.first: is missing; allowed: a public Ed25519 key as a JWK"],
  ['one key twice', () => `factsKeys: { first: ${jwk(keys.first)}, second: ${jwk(keys.first)} }`, "allowed: a mapping with 'first', and a different key as 'second'"],
])('%s is refused', (_, keysText, refused) => {
  expect(linesOf(`boundary: eu\n${keysText()}\n`)).toEqual([expect.stringContaining(refused)]);
  // The mistake is reported, and not what follows from it.
  expect(linesFrom(() => loadConfig(configured(`boundary: eu\n${keysText()}\n`)))).toEqual([
    expect.stringContaining(refused),
  ]);
});
