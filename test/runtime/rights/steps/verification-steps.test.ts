import { createHash } from 'node:crypto';
import type { Job } from '@/lib/runtime/rights/jobs/job';
import { recoveryVerificationSteps } from '@/lib/runtime/rights/steps/recovery-steps';
import { isReadable, verificationSteps } from '@/lib/runtime/rights/steps/verification-steps';
import { KeyGone, UnreadableMessage, type VerifierKeyring } from '@/lib/runtime/workspace/keyring/keyring';
import { whileMarked } from '../support/scripted';

const NOW = new Date('2026-11-27T12:00:00.000Z');
const JOB: Job = {
  id: `erase_${'0'.repeat(44)}`,
  kind: 'erase',
  user: 'ada',
  by: 'root',
  at: 0,
  step: 'test',
  state: 'erased',
  version: 1,
  counts: {},
  figures: {},
  canary: Buffer.from('canary'),
};

/** Decides whether the canary decrypts, and whether the key store has the mark of the erasure. */
function keyringOf(decrypt: () => Promise<Uint8Array>, isErased: () => Promise<boolean>): VerifierKeyring {
  return { ensureKey: async () => {}, encrypt: async () => new Uint8Array(), decrypt, isErased };
}

const unused = async () => {
  throw new Error('evidence is written only by the step that writes the certificate');
};

/** The steps that decide whether an erasure is proven, in both Regions. */
const STEPS = {
  test: (keyring: VerifierKeyring) =>
    verificationSteps({
      workspace: 'sciences',
      table: { client: { send: unused }, name: 'content' },
      evidence: { client: { send: unused }, name: 'evidence' },
      keyring,
      now: () => NOW,
    }).test(JOB),
  'recovery-test': (keyring: VerifierKeyring) =>
    recoveryVerificationSteps({
      workspace: 'sciences',
      table: { client: { send: unused }, name: 'content' },
      recovery: { keyring },
      now: () => NOW,
    })['recovery-test'](JOB),
};

const gone = async () => {
  throw new KeyGone('gone');
};

describe.each([
  ['test', 'refusedAt', 'key'],
  ['recovery-test', 'recoveryRefusedAt', 'recovery-key'],
] as const)('%s', (step, figure, again) => {
  test('proves an erasure by a refusal together with the mark of the erasure', async () => {
    const change = await STEPS[step](keyringOf(gone, async () => true));
    expect(change).toEqual({ figures: { [figure]: NOW.getTime() }, step: 'certificate' });
  });

  test('erases the key again if the store has neither the key nor the mark', async () => {
    expect(await STEPS[step](keyringOf(gone, async () => false))).toEqual({ step: again });
  });

  test('stops while the key decrypts', async () => {
    const decrypts = async () => new Uint8Array();
    await expect(STEPS[step](keyringOf(decrypts, async () => true))).rejects.toThrow('still decrypts');
  });

  test.each<[string, Error]>([
    ['throttles', Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' })],
    ['denies', Object.assign(new Error('denied'), { name: 'AccessDeniedException' })],
    ['returns another ciphertext', new UnreadableMessage('changed')],
  ])('proves nothing while a store %s', async (_, error) => {
    const fails = async () => {
      throw error;
    };
    await expect(STEPS[step](keyringOf(fails, async () => true))).rejects.toBe(error);
    await expect(STEPS[step](keyringOf(gone, fails))).rejects.toBe(error);
  });
});

test('whether a key was readable in the recovery Region stays open while a store fails there', async () => {
  const error = new Error('throttled');
  const keyring = keyringOf(
    async () => {
      throw error;
    },
    async () => true,
  );
  const steps = recoveryVerificationSteps({
    workspace: 'sciences',
    table: { client: { send: unused }, name: 'content' },
    recovery: { keyring },
    now: () => NOW,
  });
  await expect(steps['recovery-read'](JOB)).rejects.toBe(error);
});

/** The step that encrypts a canary, with a keyring of the test. */
const canary = (encrypt: VerifierKeyring['encrypt'], decrypt: VerifierKeyring['decrypt']) =>
  verificationSteps({
    workspace: 'sciences',
    table: { client: { send: unused }, name: 'content' },
    evidence: { client: { send: unused }, name: 'evidence' },
    keyring: { ensureKey: async () => {}, encrypt, decrypt, isErased: async () => false },
    now: () => NOW,
  }).canary({ ...JOB, figures: { other: 'kept' } });

test('the canary is random, was decrypted before the key is erased, and its digest is of the ciphertext', async () => {
  const texts: Uint8Array[] = [];
  const encrypt = async (_: string, text: Uint8Array) => {
    texts.push(text);
    return Buffer.from('ciphertext');
  };
  const change = await canary(encrypt, async () => texts.at(-1) ?? new Uint8Array());
  expect(change).toEqual({
    canary: Buffer.from('ciphertext'),
    figures: {
      other: 'kept',
      canaryAt: NOW.getTime(),
      canarySha256: createHash('sha256').update('ciphertext').digest('hex'),
    },
    step: 'count-rows',
  });
  await canary(encrypt, async () => texts.at(-1) ?? new Uint8Array());
  expect(texts.map(({ length }) => length)).toEqual([32, 32]);
  expect(texts[0]).not.toEqual(texts[1]);
});

test('a canary that decrypts to other bytes, or to none, proves nothing', async () => {
  const encrypt = async () => new Uint8Array();
  for (const bytes of [Buffer.alloc(32), Buffer.alloc(0)]) {
    await expect(canary(encrypt, async () => bytes)).rejects.toThrow('decrypting the canary returned different bytes');
  }
  await expect(canary(encrypt, gone)).rejects.toThrow(KeyGone);
});

test('a job without a canary is tested by a message that is none', async () => {
  const read: Uint8Array[] = [];
  const keyring = keyringOf(gone, async () => true);
  const decrypt = async (_: string, message: Uint8Array) => {
    read.push(message);
    return gone();
  };
  await isReadable({ ...keyring, decrypt }, 'ada', undefined);
  expect(read).toEqual([new Uint8Array()]);
});

test('an erasure that reached a recovery Region is tested there before it is certified', async () => {
  const steps = verificationSteps({
    workspace: 'sciences',
    table: { client: whileMarked(JOB), name: 'content' },
    evidence: { client: { send: async () => ({}) } as never, name: 'evidence' },
    keyring: keyringOf(gone, async () => true),
    now: () => NOW,
  });
  const times = ['canaryAt', 'emptiedAt', 'keyErasedAt', 'forgottenAt', 'readyAt', 'refusedAt'];
  const there = ['recoveryKeyErasedAt', 'recoveryEmptiedAt', 'recoveryForgottenAt', 'recoveryRefusedAt'];
  const figuresOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 1]));
  const recovered = { ...JOB, figures: figuresOf(there) };
  expect(await steps.test(recovered)).toMatchObject({ step: 'recovery-test', figures: { recoveryKeyErasedAt: 1 } });
  const certified = await steps.certificate({ ...JOB, figures: figuresOf(times) });
  expect(certified).toEqual({
    state: 'certified',
    figures: {
      ...figuresOf(times),
      certificate: `certificates/sciences/${JOB.id}.json`,
      certificateSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
    step: 'done',
  });
});
