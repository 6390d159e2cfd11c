import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { facts } from '@/lib/cli/commands/facts';
import { models } from '@/lib/cli/commands/models';
import { updateFacts } from '@/lib/cli/facts/update-facts';
import { UsageError } from '@/lib/cli/shared/usage-error';
import { Folder, keyChangeText, NEW_MODEL, newKeys, releaseText, type TestKeys } from '../../config/release/support';
import { linesFrom } from '../../config/support';

const NOW = new Date('2026-12-01T10:00:00Z');

let keys: TestKeys;
let folder: Folder;
let config: string;
beforeAll(async () => {
  keys = await newKeys();
});
beforeEach(() => {
  folder = new Folder(keys);
  config = path.join(folder.path, 'residency.yaml');
  const { first, second } = keys;
  // The model is what the release brings, so the rest of the file is wrong until it is accepted.
  writeFileSync(
    config,
    `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models: [{ id: wise, destinations: [{ bedrock: '${NEW_MODEL}' }] }]
workspaces: [{ id: sciences, edition: edu, retention: 30d, models: [wise] }]
factsKeys: ${JSON.stringify({ first: first.publicJwk, second: second.publicJwk })}
`,
  );
});

function run(act: () => number | Promise<number>) {
  const out: string[] = [];
  const err: string[] = [];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((line) => void out.push(line)),
    jest.spyOn(console, 'error').mockImplementation((line) => void err.push(line)),
  ];
  try {
    return { code: act(), out: out.join('\n'), err: err.join('\n') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const update = (text: string, now = NOW) => run(() => updateFacts([folder.file(text), '--config', config], now));

test('it accepts a release, and says what is in it and what to do', async () => {
  expect(update(await releaseText(keys))).toEqual({
    code: 0,
    out: 'accepted facts release 1 of 2026-12-01: 1 profiles; the next one is due on 2027-01-30, and this one can be accepted before 2027-03-01',
    err: `written: ${path.join(folder.path, 'residency-facts.release.json')}, ${path.join(folder.path, 'residency-facts.lock.json')}; commit both, and deploy`,
  });
});

test('it accepts a key change', async () => {
  expect(update(await keyChangeText(keys, 1))).toEqual({
    code: 0,
    out: `accepted the key change of version 1: the first key is now ${keys.next.kid}`,
    err: `written: ${path.join(folder.path, 'residency-facts.lock.json')}; commit it, and deploy`,
  });
});

test('what is served from the release says so', async () => {
  update(await releaseText(keys));
  const { out } = run(() => models(['--config', config], NOW));
  expect(out.replace(/\s+/g, ' ')).toMatch(
    /eu\.exemple\.wise-1-v1:0 .* as of 2026-11-20 in facts release 1 of 2026-12-01/,
  );
  const json = run(() => models(['--config', config, '--format', 'json'], NOW)).out;
  const listed: { id: string; routesOrigin?: string }[] = JSON.parse(json).models;
  expect(listed.filter(({ routesOrigin }) => routesOrigin !== undefined)).toEqual([
    expect.objectContaining({ id: NEW_MODEL, routesOrigin: 'facts release 1 of 2026-12-01' }),
  ]);
});

test('a refused file changes nothing', async () => {
  const text = await releaseText(keys, { by: keys.other });
  expect(linesFrom(() => update(text))).toEqual([expect.stringContaining('which is none of the keys')]);
  expect(existsSync(path.join(folder.path, 'residency-facts.lock.json'))).toBe(false);
});

test('a package without keys says how to pin some', async () => {
  writeFileSync(config, 'boundary: eu\n');
  const text = await releaseText(keys);
  expect(linesFrom(() => update(text))).toEqual([
    expect.stringMatching(/contains no key of facts releases; pin the keys .* as 'factsKeys' in residency.yaml/),
  ]);
});

test('keys with a mistake are reported at their line', async () => {
  writeFileSync(config, 'boundary: eu\nfactsKeys: { first: RSA }\n');
  const text = await releaseText(keys);
  expect(linesFrom(() => update(text))).toEqual([
    expect.stringContaining("residency.yaml:2:21: factsKeys.first: found 'RSA'"),
  ]);
});

test.each([[[]], [['a.json', 'b.json']]])('it takes one file: %j', (args) => {
  expect(() => facts(['update', ...args])).toThrow(UsageError);
});

// biome-ignore format: one row a line
test.each<[string, string, string]>([
  ['no file', '/nowhere/release.json', '/nowhere/release.json: there is no such file'],
  ['a folder', __dirname, `${__dirname}: isn't a file; name the file of a facts release`],
])('%s is refused', (_, file, refused) => {
  expect(linesFrom(() => run(() => updateFacts([file, '--config', config], NOW)))).toEqual([refused]);
});

test('without a configuration there is no place for the release', () => {
  const absent = path.join(folder.path, 'absent.yaml');
  expect(linesFrom(() => run(() => updateFacts(['a.json', '--config', absent], NOW)))).toEqual([
    expect.stringContaining("a facts release is accepted next to a configuration; name it with '--config FILE'"),
  ]);
});
