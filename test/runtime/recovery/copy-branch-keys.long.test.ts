import { BranchKeyErasure } from '@/lib/runtime/workspace/keyring/branch-key-erasure';
import { KEY_CACHE_MS, KeyGone } from '@/lib/runtime/workspace/keyring/keyring';
import { LocalContent } from '../workspace/conversations/support/local-content';
import { LocalRecovery } from './support/local-recovery';

const TEXT = Buffer.from('Grüß Gott, Mitglied');

let local: LocalContent;
let recovery: LocalRecovery;
beforeEach(() => {
  local = new LocalContent();
  recovery = new LocalRecovery(local);
});
afterEach(() => {
  recovery.close();
  local.close();
});

async function written(user = 'ada'): Promise<Uint8Array> {
  const keyring = local.newKeyring();
  await keyring.ensureKey(user);
  return keyring.encrypt(user, TEXT);
}

const readThere = async (message: Uint8Array, user = 'ada') =>
  Buffer.from(await recovery.keyring().decrypt(user, message));
const erasureHere = () => new BranchKeyErasure(local.keyStore());
const typesThere = async () =>
  (await recovery.backup('keys')).map(({ type }) => type?.S?.replace(/:[0-9a-f-]{36}$/, ''));

test('content from one Region is decrypted in the other Region, with only that Region’s key', async () => {
  const message = await written();
  await expect(readThere(message)).rejects.toThrow(KeyGone);
  expect(await recovery.copyKeys()).toEqual({ unchanged: 0, copied: 3, erased: 0, alone: 0 });
  expect(await readThere(message)).toEqual(TEXT);
  const rows = await recovery.backup('keys');
  expect(rows.every((row) => row['kms-arn']?.S?.startsWith('arn:aws:kms:eu-west-1:'))).toBe(true);
  const before = await local.backup('sciences-keys');
  for (const row of rows) expect(before.map(({ enc }) => enc?.B)).not.toContainEqual(row.enc?.B);
});

test('the primary Region’s key decrypts nothing that is stored in the recovery Region', async () => {
  await written();
  await recovery.copyKeys();
  await local.restore('sciences-keys', await recovery.backup('keys'));
  await expect(local.newKeyring().ensureKey('ada')).rejects.toThrow();
});

test('an existing copy is neither decrypted nor written again', async () => {
  await written();
  await recovery.copyKeys();
  const rows = await recovery.backup('keys');
  expect(await recovery.copyKeys()).toEqual({ unchanged: 3, copied: 0, erased: 0, alone: 0 });
  expect(await recovery.backup('keys')).toEqual(rows);
});

test('the new version of a rotated key is copied, and the old version stays readable', async () => {
  const before = await written();
  await recovery.copyKeys();
  await erasureHere().rotate('ada');
  const after = await written();
  expect(await recovery.copyKeys()).toEqual({ unchanged: 2, copied: 2, erased: 0, alone: 0 });
  for (const message of [before, after]) expect(await readThere(message)).toEqual(TEXT);
});

test('a user who is erased in the recovery Region has no key there, even if the primary Region still has one', async () => {
  const message = await written();
  await recovery.copyKeys();
  await recovery.stores().keys.destroy('ada');
  expect(await recovery.copyKeys()).toEqual({ unchanged: 0, copied: 0, erased: 3, alone: 0 });
  expect(await typesThere()).toEqual(['erased']);
  await expect(readThere(message)).rejects.toThrow(KeyGone);
});

test('a sweep deletes nothing, and counts the keys that only an erasure may delete', async () => {
  await written();
  await written('eve');
  await recovery.copyKeys();
  await erasureHere().destroy('ada');
  expect(await recovery.copyKeys()).toEqual({ unchanged: 3, copied: 0, erased: 0, alone: 3 });
});

test('a readmitted user has the new key there, and nothing under the old one', async () => {
  const before = await written();
  await recovery.copyKeys();
  const there = recovery.stores().keys;
  for (const keys of [erasureHere(), there]) await keys.destroy('ada');
  local.time += 2 * KEY_CACHE_MS + 1;
  for (const keys of [there, erasureHere()]) await keys.readmit('ada');
  const after = await written();
  await recovery.copyKeys();
  expect(await readThere(after)).toEqual(TEXT);
  await expect(readThere(before)).rejects.toThrow(KeyGone);
});

test('a sweep that runs out of time leaves the rest to the next sweep', async () => {
  for (let nth = 0; nth < 4; nth++) await written(`user-${nth}`);
  expect(await recovery.copyKeys(0)).toMatchObject({ copied: 0 });
  expect(await recovery.copyKeys()).toMatchObject({ copied: 12 });
});

test('a drill decrypts with the copied keys, and counts failures', async () => {
  for (const user of ['ada', 'eve'])
    await local.openai(user).responses.create({ model: 'assistant', input: 'Guten Tag' });
  await recovery.replicate();
  await recovery.copyKeys();
  await recovery.stores().keys.destroy('eve');
  // From any start, it wraps around once and counts nothing twice.
  for (let nth = 0; nth < 8; nth++) {
    const { rows, members } = await recovery.drill({ start: `user#${nth}` });
    expect(rows).toEqual({ read: 2, decrypted: 1, withoutKey: 1, missing: 0, unreadable: 0 });
    expect(members).toBe(2);
  }
});
