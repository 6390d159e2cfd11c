import { createHash } from 'node:crypto';
import { type Job, newJob } from '@/lib/runtime/rights/jobs/job';
import { storeErasureCertificate } from '@/lib/runtime/rights/steps/certificate';
import { named, scripted } from '../support/scripted';

const DAY_MS = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();

const JOB: Job = {
  ...newJob('erase', 'ada', 'root', new Date(0), 'certificate', 'erased'),
  counts: { 'rows.file': 2, days: 1, 'objects.late': 0 },
  figures: {
    canaryAt: 1,
    canarySha256: '00',
    emptiedAt: 2,
    keyErasedAt: 3,
    forgottenAt: 4,
    readyAt: 5,
    refusedAt: 6,
    recoveryKeyErasedAt: 7,
    recoveryEmptiedAt: 8,
    recoveryForgottenAt: 9,
    recoveryRefusedAt: 10,
  },
};

/** The certificate of an erasure in one Region. */
const ONE = {
  certificate: 'erasure of one user',
  version: 1,
  workspace: 'sciences',
  user: 'ada',
  erasure: JOB.id,
  requested: { by: 'root', at: iso(0) },
  erased: {
    counts: { days: 1, 'objects.late': 0, 'rows.file': 2 },
    keyErasedAt: iso(3),
    keyForgottenAt: iso(4),
  },
  copies: {
    table: {
      what: 'point-in-time recovery of the table of content: ciphertexts without a key',
      lastExpires: iso(2 + 35 * DAY_MS),
    },
    bucket: { what: 'every version of every object was deleted, so there is no copy', lastExpires: iso(2) },
    keyStore: {
      what: 'point-in-time recovery of the key store, which has no other backup; over when this was written',
      lastExpires: iso(5),
    },
    usage: {
      what: 'point-in-time recovery of the table of tokens used by day: a number by the id of the user, under no key of theirs',
      lastExpires: iso(2 + 35 * DAY_MS),
    },
  },
  test: {
    what: 'random bytes that were encrypted under the key before its end',
    ciphertextSha256: '00',
    decryptedAt: iso(1),
    refusedAt: iso(6),
  },
};

const RECOVERY = {
  what: 'the copies in the recovery Region: rows and every version of every object were deleted there too, and then its key',
  keyErasedAt: iso(7),
  tableLastExpires: iso(8 + 35 * DAY_MS),
  bucketLastExpires: iso(8),
  keyStoreLastExpires: iso(9 + DAY_MS),
};

async function stored(job: Job, hasRecovery: boolean, answer: object | Error = {}) {
  const { calls, client } = scripted(answer);
  const evidence = { workspace: 'sciences', evidence: { client, name: 'evidence' } };
  const certificate = await storeErasureCertificate(job, hasRecovery, evidence);
  const [, { Body, ...input } = {}] = calls[0] ?? [];
  return { certificate, input, text: `${Body}` };
}

test('the certificate lists what was erased, when, and until when a copy can exist', async () => {
  const { certificate, input, text } = await stored(JOB, false);
  expect(JSON.parse(text)).toEqual(ONE);
  // The order of what was counted doesn't depend on the order of counting.
  expect(text).toMatch(/"days": 1,\s+"objects.late": 0,\s+"rows.file": 2/);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const key = `certificates/sciences/${JOB.id}.json`;
  expect(certificate).toEqual({ key, sha256 });
  expect(input).toEqual({
    Bucket: 'evidence',
    Key: key,
    ContentLength: Buffer.byteLength(text),
    ContentType: 'application/json',
    IfNoneMatch: '*',
  });
});

test('with a recovery Region, it also lists the copies and the test there', async () => {
  const two = { ...ONE, copies: { ...ONE.copies, recovery: RECOVERY } };
  const neverCopied = { ...two, test: { ...ONE.test, recovery: { refusedAt: iso(10) } } };
  expect(JSON.parse((await stored(JOB, true)).text)).toEqual(neverCopied);
  const copied = { ...JOB, figures: { ...JOB.figures, recoveryDecryptedAt: 11 } };
  const recovery = { decryptedAt: iso(11), refusedAt: iso(10) };
  expect(JSON.parse((await stored(copied, true)).text)).toEqual({ ...two, test: { ...ONE.test, recovery } });
});

test('a certificate that is there already stays, and nothing is certified by a write that failed', async () => {
  const { certificate } = await stored(JOB, false);
  expect((await stored(JOB, false, named('PreconditionFailed'))).certificate).toEqual(certificate);
  await expect(stored(JOB, false, named('AccessDenied'))).rejects.toThrow('of a store');
});
