import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { decideDestination } from '@/lib/boundary/destination';
import { withLayers } from '@/lib/boundary/facts-of';
import { LOCK_FILE } from '@/lib/config/release/lock';
import { RELEASE_FILE, releaseLayer } from '@/lib/config/release/release-layer';
import type { FactLayer } from '@/lib/facts/layers';
import { releaseWarning } from '@/lib/facts/release';
import { linesFrom } from '../support';
import {
  DAY,
  dayAfter,
  digestOfText,
  Folder,
  keyChangeText,
  NEW_MODEL,
  newKeys,
  pinnedOf,
  releaseText,
  TABLES,
  type TestKeys,
} from './support';

let keys: TestKeys;
beforeAll(async () => {
  keys = await newKeys();
});

const layerIn = (folder: Folder, pinned = pinnedOf(keys)) => releaseLayer(folder.path, pinned);
const isServed = (layer: FactLayer | undefined) =>
  decideDestination(withLayers(ResidencyBoundary.eu(), layer && [layer]), 'eu-central-1', NEW_MODEL).inside;

test('a folder without a release has no layer', () => {
  expect(layerIn(new Folder(keys))).toBeUndefined();
});

test('an accepted release decides, with its version, digest and dates', async () => {
  const folder = new Folder(keys);
  const text = await releaseText(keys);
  expect(isServed(layerIn(folder))).toBe(false);
  const { written } = folder.accept(text);
  expect(written.map((file) => path.basename(file))).toEqual([RELEASE_FILE, LOCK_FILE]);
  const layer = layerIn(folder);
  expect(layer).toEqual({
    ...TABLES,
    origin: { kind: 'release', version: 1 },
    release: { version: 1, digest: digestOfText(text), checkedAt: DAY, nextCheck: '2027-01-30', expires: '2027-03-01' },
  });
  expect(isServed(layer)).toBe(true);
  expect(JSON.parse(folder.contents[LOCK_FILE] ?? '')).toEqual({
    format: 'eu-residency-facts-lock/1',
    release: { version: 1, digest: digestOfText(text) },
    keyChanges: [],
  });
});

test('no layer changes what is inside the boundary', async () => {
  const folder = new Folder(keys);
  const [profile] = TABLES.profiles ?? [];
  const outside = { ...profile, routes: { 'eu-central-1': ['eu-central-1', 'us-east-1'] } } as typeof profile;
  folder.accept(await releaseText(keys, { tables: { profiles: [outside as NonNullable<typeof profile>] } }));
  const boundary = withLayers(ResidencyBoundary.eu(), [layerIn(folder) as FactLayer]);
  expect(decideDestination(boundary, 'eu-central-1', NEW_MODEL)).toMatchObject({
    inside: false,
    reason: 'routes-outside',
  });
});

describe('over time', () => {
  // What the owner sees so many days after the check of a release that was accepted on its first day.
  // biome-ignore format: one row a line
  test.each<[days: number, update: string, warning: string | undefined]>([
    [0, 'accepted', undefined],
    [59, 'accepted', undefined],
    [60, 'accepted', 'facts release 2 of 2026-12-01 has been due for renewal since 2027-01-30; its rows keep deciding'],
    [89, 'accepted', 'has been due for renewal since 2027-01-30'],
    [90, 'expired on 2027-03-01', 'facts release 2 of 2026-12-01 expired on 2027-03-01; its rows keep deciding'],
    [91, 'expired on 2027-03-01', 'expired on 2027-03-01'],
    [365, 'expired on 2027-03-01', 'expired on 2027-03-01'],
  ])('after %i days, the file is %s', async (days, update, warning) => {
    const today = dayAfter(days);
    const text = await releaseText(keys, { version: 2 });
    const late = new Folder(keys);
    const [line = 'accepted'] = linesFrom(() => late.accept(text, today));
    expect(line).toContain(update);

    // Rows that were accepted in time keep serving.
    const folder = new Folder(keys);
    folder.accept(text);
    const layer = layerIn(folder);
    expect(isServed(layer)).toBe(true);
    const found = layer?.release && releaseWarning(layer.release, today);
    if (warning === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(warning);
    // Accepting it again doesn't renew it.
    expect(linesFrom(() => folder.accept(text, today))).toEqual(
      update === 'accepted' ? [] : [expect.stringContaining(update)],
    );
  });

  test('an expired release still refuses older ones', async () => {
    const folder = new Folder(keys);
    folder.accept(await releaseText(keys, { version: 3 }));
    const older = await releaseText(keys, { version: 2, checkedAt: dayAfter(364) });
    const [line] = linesFrom(() => folder.accept(older, dayAfter(365)));
    expect(line).toContain('version 3 was accepted before, and versions only increase');
  });
});

describe('versions', () => {
  test('a successor is accepted, and so is one after releases that were skipped', async () => {
    const folder = new Folder(keys);
    const first = await releaseText(keys);
    const second = await releaseText(keys, { version: 2, previous: first });
    const third = await releaseText(keys, { version: 3, previous: second });
    folder.accept(first);
    folder.accept(third);
    expect(layerIn(folder)?.release?.version).toBe(3);
  });

  test('the same release can be accepted again, which repairs its file', async () => {
    const folder = new Folder(keys);
    const text = await releaseText(keys);
    folder.accept(text);
    rmSync(path.join(folder.path, RELEASE_FILE));
    expect(linesFrom(() => layerIn(folder))).toEqual([
      expect.stringContaining('is missing, but residency-facts.lock.json says that version 1 was accepted'),
    ]);
    folder.accept(text);
    expect(isServed(layerIn(folder))).toBe(true);
  });

  test('a process that ends between the two writes can be repeated', async () => {
    const folder = new Folder(keys);
    const [first, second] = [await releaseText(keys), await releaseText(keys, { version: 2, checkedAt: DAY })];
    folder.accept(first);
    const next = await releaseText(keys, { version: 2, previous: first });
    writeFileSync(path.join(folder.path, RELEASE_FILE), next);
    expect(linesFrom(() => layerIn(folder))).toEqual([
      expect.stringMatching(/is version 2 with the digest \w{12}, but residency-facts.lock.json says version 1/),
    ]);
    folder.accept(next);
    expect(layerIn(folder)?.release?.version).toBe(2);
    expect(linesFrom(() => folder.accept(second))).toEqual([expect.stringContaining('two contents under one version')]);
  });

  test('a stolen first key can’t use up the versions, and a key change passes its jump', async () => {
    const folder = new Folder(keys);
    folder.accept(await releaseText(keys, { version: 1_000 }));
    const far = await releaseText(keys, { version: 2_001, by: keys.next });
    folder.accept(await keyChangeText(keys, 2_000));
    folder.accept(far);
    expect(layerIn(folder)?.release?.version).toBe(2_001);
  });
});

describe('a key change', () => {
  async function changed() {
    const folder = new Folder(keys);
    const first = await releaseText(keys, { version: 5 });
    folder.accept(first);
    folder.accept(await keyChangeText(keys, 6));
    return { folder, first };
  }

  test('the release that was accepted before it keeps serving, and the new first key signs from then on', async () => {
    const { folder } = await changed();
    expect(layerIn(folder)?.release?.version).toBe(5);
    folder.accept(await releaseText(keys, { version: 7, by: keys.next }));
    expect(isServed(layerIn(folder))).toBe(true);
    expect(JSON.parse(folder.contents[LOCK_FILE] ?? '').keyChanges).toMatchObject([
      { version: 6, firstKey: keys.next.publicJwk },
    ]);
  });

  test('a thief’s release before it doesn’t have to be in the history of the next', async () => {
    const { folder } = await changed();
    const other = await releaseText(keys, { version: 4 });
    folder.accept(await releaseText(keys, { version: 7, previous: other, by: keys.next }));
    expect(layerIn(folder)?.release?.version).toBe(7);
  });

  test('several follow each other, and a release of each key in between is read', async () => {
    const { folder } = await changed();
    const third = (await newKeys()).first;
    folder.accept(await releaseText(keys, { version: 7, by: keys.next }));
    folder.accept(await keyChangeText(keys, 8, { firstKey: third }));
    expect(layerIn(folder)?.release?.version).toBe(7);
    folder.accept(await releaseText(keys, { version: 9, by: third }));
    expect(layerIn(folder)?.release?.version).toBe(9);
  });

  test('without a second key, none is accepted', async () => {
    const folder = new Folder(keys);
    const pinned = { first: keys.first.publicJwk };
    folder.accept(await releaseText(keys), DAY, pinned);
    const change = await keyChangeText(keys, 2);
    expect(linesFrom(() => folder.accept(change, DAY, pinned))).toEqual([
      expect.stringContaining('which is none of the keys of facts releases'),
    ]);
  });

  describe('can’t be forged in the lock file', () => {
    const edited = async (
      edit: (lock: Record<string, unknown> & { keyChanges: Record<string, unknown>[] }) => void,
    ) => {
      const { folder } = await changed();
      folder.accept(await releaseText(keys, { version: 7, by: keys.next }));
      const lock = JSON.parse(folder.contents[LOCK_FILE] ?? '');
      edit(lock);
      writeFileSync(path.join(folder.path, LOCK_FILE), JSON.stringify(lock));
      return linesFrom(() => layerIn(folder));
    };

    // biome-ignore format: one row a line
    test.each<[string, Parameters<typeof edited>[0], string]>([
      ['another key', (lock) => { (lock.keyChanges[0] as never as { firstKey: object }).firstKey = keys.other.publicJwk; }, "has key changes that don't fit together"],
      ['another version', (lock) => { (lock.keyChanges[0] as never as { version: number }).version = 1; }, "has key changes that don't fit together"],
      ['a statement twice', (lock) => { lock.keyChanges.push(lock.keyChanges[0] as never); }, "has key changes that don't fit together"],
      ['no key change, which was undone', (lock) => { lock.keyChanges = []; }, 'which is none of the keys of facts releases'],
      ['an altered statement', (lock) => { const one = lock.keyChanges[0] as never as { statement: { signature: string } }; one.statement.signature = `AAAA${one.statement.signature.slice(4)}`; }, 'has a signature that its key made of other content'],
      ['no statement', (lock) => { Reflect.deleteProperty(lock.keyChanges[0] as object, 'statement'); }, "must have exactly 'format', 'release'"],
      ['another format', (lock) => { lock.format = 'eu-residency-facts-lock/2'; }, "isn't a lock of this version of the package"],
      ['a lower version', (lock) => { lock.release = { version: 5, digest: '0'.repeat(64) }; }, 'is version 7 with the digest'],
      ['a further key', (lock) => { lock.trusted = keys.other.publicJwk; }, "must have exactly 'format', 'release'"],
    ])('%s', async (_, edit, refused) => {
      expect(await edited(edit)).toEqual([expect.stringContaining(refused)]);
    });
  });
});

describe('at every synth', () => {
  test('a release without a lock isn’t used', async () => {
    const folder = new Folder(keys);
    writeFileSync(path.join(folder.path, RELEASE_FILE), await releaseText(keys));
    expect(linesFrom(() => layerIn(folder))).toEqual([expect.stringContaining("isn't in residency-facts.lock.json")]);
  });

  test('an altered release isn’t used', async () => {
    const folder = new Folder(keys);
    folder.accept(await releaseText(keys));
    const jws = JSON.parse(folder.contents[RELEASE_FILE] ?? '');
    const payload = Buffer.from(jws.payload, 'base64url').toString().replaceAll('eu-west-1', 'eu-west-3');
    const altered = { ...jws, payload: Buffer.from(payload).toString('base64url') };
    writeFileSync(path.join(folder.path, RELEASE_FILE), JSON.stringify(altered));
    expect(linesFrom(() => layerIn(folder))).toEqual([
      expect.stringContaining('has a signature that its key made of other content'),
    ]);
  });

  test('a release that was reformatted is', async () => {
    const folder = new Folder(keys);
    folder.accept(await releaseText(keys));
    const jws = JSON.parse(folder.contents[RELEASE_FILE] ?? '');
    writeFileSync(path.join(folder.path, RELEASE_FILE), `\n${JSON.stringify(jws, null, '\t')}\n\n`);
    expect(isServed(layerIn(folder))).toBe(true);
  });

  test('a key change in the place of the release isn’t used', async () => {
    const folder = new Folder(keys);
    folder.accept(await releaseText(keys));
    writeFileSync(path.join(folder.path, RELEASE_FILE), await keyChangeText(keys, 1));
    expect(linesFrom(() => layerIn(folder))).toEqual([expect.stringContaining('only a facts release has this name')]);
  });

  test('a release isn’t used by other keys, or by none', async () => {
    const folder = new Folder(keys);
    folder.accept(await releaseText(keys));
    expect(linesFrom(() => layerIn(folder, { first: keys.other.publicJwk, second: keys.second.publicJwk }))).toEqual([
      expect.stringContaining('which is none of the keys of facts releases'),
    ]);
    expect(linesFrom(() => releaseLayer(folder.path, undefined))).toEqual([
      expect.stringContaining('this version of the package contains no key of facts releases'),
    ]);
  });
});
