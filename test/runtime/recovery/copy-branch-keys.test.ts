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

test('what was encrypted in one Region is read in the other, under the key of there alone', async () => {
  const message = await written();
  await expect(readThere(message)).rejects.toThrow(KeyGone);
  expect(await recovery.copyKeys()).toEqual({ kept: 0, copied: 3, erased: 0, alone: 0 });
  expect(await readThere(message)).toEqual(TEXT);
  const rows = await recovery.backup('keys');
  expect(rows.every((row) => row['kms-arn']?.S?.startsWith('arn:aws:kms:eu-west-1:'))).toBe(true);
  const before = await local.backup('sciences-keys');
  for (const row of rows) expect(before.map(({ enc }) => enc?.B)).not.toContainEqual(row.enc?.B);
});

test('the key of the first Region decrypts nothing that is kept in the second', async () => {
  await written();
  await recovery.copyKeys();
  await local.restore('sciences-keys', await recovery.backup('keys'));
  await expect(local.newKeyring().ensureKey('ada')).rejects.toThrow();
});

test('what is there already is neither decrypted nor written again', async () => {
  await written();
  await recovery.copyKeys();
  const rows = await recovery.backup('keys');
  expect(await recovery.copyKeys()).toEqual({ kept: 3, copied: 0, erased: 0, alone: 0 });
  expect(await recovery.backup('keys')).toEqual(rows);
});

test('a key that was rotated is copied in its new version, and the old one stays readable', async () => {
  const before = await written();
  await recovery.copyKeys();
  await erasureHere().rotate('ada');
  const after = await written();
  expect(await recovery.copyKeys()).toEqual({ kept: 2, copied: 2, erased: 0, alone: 0 });
  for (const message of [before, after]) expect(await readThere(message)).toEqual(TEXT);
});

test('a user who was erased there has no key there, whatever is in the first Region still', async () => {
  const message = await written();
  await recovery.copyKeys();
  await recovery.stores().keys.destroy('ada');
  expect(await recovery.copyKeys()).toEqual({ kept: 0, copied: 0, erased: 3, alone: 0 });
  expect(await typesThere()).toEqual(['erased']);
  await expect(readThere(message)).rejects.toThrow(KeyGone);
});

test('it deletes nothing, and says what only an erasure may delete', async () => {
  await written();
  await written('eve');
  await recovery.copyKeys();
  await erasureHere().destroy('ada');
  expect(await recovery.copyKeys()).toEqual({ kept: 3, copied: 0, erased: 0, alone: 3 });
});

test('whoever comes back has the new key there, and nothing under the old one', async () => {
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

test('a sweep whose time is up leaves the rest to the next one', async () => {
  for (let nth = 0; nth < 4; nth++) await written(`user-${nth}`);
  expect(await recovery.copyKeys(0)).toMatchObject({ copied: 0 });
  expect(await recovery.copyKeys()).toMatchObject({ copied: 12 });
});

test('a drill decrypts by the keys that were copied, and says of how many it could not', async () => {
  for (const user of ['ada', 'eve'])
    await local.openai(user).responses.create({ model: 'assistant', input: 'Guten Tag' });
  await recovery.replicate();
  await recovery.copyKeys();
  await recovery.stores().keys.destroy('eve');
  // Wherever it begins, it comes around once, and counts nothing twice.
  for (let nth = 0; nth < 8; nth++) {
    const { rows, members } = await recovery.drill({ start: `user#${nth}` });
    expect(rows).toEqual({ read: 2, decrypted: 1, withoutKey: 1, missing: 0, unreadable: 0 });
    expect(members).toBe(2);
  }
});
