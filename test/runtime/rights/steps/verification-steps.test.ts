import type { Job } from '@/lib/runtime/rights/jobs/job';
import { recoveryVerificationSteps } from '@/lib/runtime/rights/steps/recovery-steps';
import { verificationSteps } from '@/lib/runtime/rights/steps/verification-steps';
import { KeyGone, UnreadableMessage, type VerifierKeyring } from '@/lib/runtime/workspace/keyring/keyring';

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
