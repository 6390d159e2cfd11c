import type { Job } from '@/lib/runtime/rights/jobs/job';
import { Stopped } from '@/lib/runtime/rights/jobs/stopped';
import { recoveryErasureSteps, recoveryVerificationSteps } from '@/lib/runtime/rights/steps/recovery-steps';
import { KeyGone } from '@/lib/runtime/workspace/keyring/keyring';
import { scripted, whileMarked } from '../support/scripted';

const NOW = new Date('2026-11-27T12:00:00.000Z');
const DAY_MS = 86_400_000;
const JOB: Job = {
  id: `erase_${'0'.repeat(44)}`,
  kind: 'erase',
  user: 'ada',
  by: 'root',
  at: 0,
  step: 'x',
  state: 'erased',
  version: 1,
  counts: {},
  figures: { readyAt: 5, other: 'kept' },
  canary: Buffer.from('canary'),
};

const PARTS = { workspace: 'sciences', table: { client: whileMarked(JOB), name: 'content' }, now: () => NOW };

/** The steps that verify, with a keyring that answers for any message. */
function witness(decrypt: () => Promise<Uint8Array>) {
  const keyring = {
    ensureKey: async () => {},
    encrypt: async () => new Uint8Array(),
    decrypt,
    isErased: async () => true,
  };
  return recoveryVerificationSteps({ ...PARTS, recovery: { keyring } });
}

const gone = async () => {
  throw new KeyGone('gone');
};

test('what is refused in the end is known to have been readable, unless the key was never copied', async () => {
  const readable = await witness(async () => new Uint8Array())['recovery-read'](JOB);
  const figures = { ...JOB.figures, recoveryDecryptedAt: NOW.getTime() };
  expect(readable).toEqual({ figures, step: 'recovery-content' });
  expect(await witness(gone)['recovery-read'](JOB)).toEqual({ figures: JOB.figures, step: 'recovery-content' });
});

test('the refusal is noted, and the other figures stay', async () => {
  const figures = { ...JOB.figures, recoveryRefusedAt: NOW.getTime() };
  expect(await witness(gone)['recovery-test'](JOB)).toEqual({ figures, step: 'certificate' });
});

/** The steps that delete, with pages of rows, and of the objects of both prefixes. */
function eraser(rows: readonly object[], objects: readonly object[]) {
  const destroyed = { erasedAt: new Date(10), forgottenAt: new Date(20), deleted: 1 };
  const keys = { destroy: async () => destroyed, readmit: async () => {}, rotate: async () => {} };
  const table = { client: scripted(...rows).client, name: 'there' };
  const bucket = { client: scripted(...objects).client, name: 'files-there' };
  return recoveryErasureSteps({ ...PARTS, recovery: { table, bucket, keys } });
}

const ROW = { pk: { S: 'user#ada' }, sk: { S: 'file#1' } };
/** More objects under a prefix than one step deletes. */
const MANY = Array.from({ length: 20 }, (_, nth) => [
  { Versions: [{ Key: `${nth}`, VersionId: 'v' }], IsTruncated: true, NextKeyMarker: 'x' },
  {},
]).flat();

test('the key there is erased once the content there is', async () => {
  const { figures } = JOB;
  const emptied = { figures: { ...figures, recoveryEmptiedAt: NOW.getTime() }, step: 'recovery-key' };
  expect(await eraser([{}], [{}, {}])['recovery-content'](JOB)).toEqual(emptied);
  expect(await eraser([{ Items: [ROW] }, {}], [{}, {}])['recovery-content'](JOB)).toEqual(emptied);
  expect(await eraser([{}], MANY)['recovery-content'](JOB)).toEqual({});
});

test.each([
  [5, DAY_MS + 20],
  [2 * DAY_MS, 2 * DAY_MS],
])('the test waits until the key can be restored in no Region: ready at %d, at %d', async (readyAt, expected) => {
  const job = { ...JOB, figures: { ...JOB.figures, readyAt } };
  expect(await eraser([], [])['recovery-key'](job)).toEqual({
    state: 'erased',
    figures: { ...JOB.figures, recoveryKeyErasedAt: 10, recoveryForgottenAt: 20, readyAt: expected },
    notBefore: expected,
    step: 'late',
  });
});

test('what was copied late is deleted too, and counts as the last deletion only if there was something', async () => {
  const before = { ...JOB, figures: { ...JOB.figures, recoveryEmptiedAt: 1 } };
  expect(await eraser([{}], [{}, {}])['recovery-late'](before)).toEqual({ figures: before.figures, step: 'test' });
  const figures = { ...JOB.figures, recoveryEmptiedAt: NOW.getTime() };
  const late = eraser([{ Items: [ROW] }, {}], [{}, {}]);
  expect(await late['recovery-late'](before)).toEqual({ figures, step: 'test' });
  expect(await eraser([{}], MANY)['recovery-late'](JOB)).toEqual({ figures, step: 'recovery-late' });
});

test.each(['share', 'sharedfile', 'sharekey'])(
  'a row of the kind %s stays until the job names its key: the first Region finds the key there',
  async (kind) => {
    const key = `group-${'1'.repeat(40)}`;
    const row = { pk: { S: 'user#ada' }, sk: { S: `${kind}#1` }, key: { S: key } };
    expect(await eraser([{ Items: [row] }], [{}, {}])['recovery-content'](JOB)).toEqual({ step: 'recovery-key' });
    expect(await eraser([{ Items: [row] }], MANY)['recovery-content'](JOB)).toEqual({});
    const figures = { ...JOB.figures, recoveryEmptiedAt: 1 };
    const waits = { figures, step: 'late', notBefore: NOW.getTime() + 60_000 };
    expect(await eraser([{ Items: [row] }], [{}, {}])['recovery-late']({ ...JOB, figures })).toEqual(waits);
    const named = { ...JOB, figures: { ...figures, groupKeys: key } };
    const emptied = { figures: { ...named.figures, recoveryEmptiedAt: NOW.getTime() }, step: 'test' };
    expect(await eraser([{ Items: [row] }, {}], [{}, {}])['recovery-late'](named)).toEqual(emptied);
  },
);

test('rows that stayed at first count as deleted once they are gone, although their deletion was replicated', async () => {
  const figures = { ...JOB.figures, recoveryEmptiedAt: NOW.getTime() };
  expect(await eraser([{}], [{}, {}])['recovery-late'](JOB)).toEqual({ figures, step: 'test' });
});

test('an erasure that reached a recovery Region isn’t certified without it', async () => {
  const without = { ...recoveryVerificationSteps(PARTS), ...recoveryErasureSteps(PARTS) };
  for (const step of Object.values(without)) {
    await expect(step(JOB)).rejects.toThrow(Stopped);
    await expect(step(JOB)).rejects.toThrow("set 'regions.recovery' again until it is certified");
  }
});
