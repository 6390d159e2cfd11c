import { ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { toFile } from 'openai';
import type { Job } from '@/lib/runtime/rights/jobs/job';
import { KEY_CACHE_MS, KeyGone } from '@/lib/runtime/workspace/keyring/keyring';
import type { Fault } from '@/test/support/store-faults';
import { LocalContent } from '../workspace/conversations/support/local-content';
import { MISTAKES, type Mistake } from './support/mistakes';

const WINDOW_MS = 86_400_000 + 2 * KEY_CACHE_MS;

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

/** The user whose content stays. */
async function fill(user: string): Promise<void> {
  const openai = local.openai(user);
  await openai.conversations.create({ items: [{ role: 'user', content: 'Guten Tag' }] });
  await openai.files.create({ file: await toFile(Buffer.from('one'), 'note.txt'), purpose: 'user_data' });
  local.used.set(user, 2);
}

/** Stores what another user has, under a key of their own: an erasure reads no content. Returns a ciphertext. */
async function copyOf({ rows, objects }: Awaited<ReturnType<typeof partOf>>, user: string): Promise<Uint8Array> {
  await local.keyring.ensureKey(user);
  const text = await local.keyring.encrypt(user, Buffer.from('Guten Tag'));
  const own = rows.map((row) => ({ ...row, pk: { S: `user#${user}` }, ...(row.content && { content: { B: text } }) }));
  await local.restore('sciences', own);
  for (const key of objects) {
    const Key = key.replace('/eve/', `/${user}/`);
    await local.s3.send(new PutObjectCommand({ Bucket: 'sciences-files', Key, Body: text }));
  }
  local.used.set(user, 2);
  return text;
}

const partOf = async (user: string) => ({
  rows: await local.rows(user),
  objects: await versionsUnder('sciences-files', `content/${user}/`),
});

async function versionsUnder(Bucket: string, Prefix?: string): Promise<string[]> {
  const { Versions = [] } = await local.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  return Versions.map(({ Key = '' }) => Key);
}

/** What is left of a user: rows, objects, usage, and whether their key decrypts. */
async function leftOf(user: string, copy: Uint8Array) {
  const decrypts = await local
    .newKeyring()
    .decrypt(user, copy)
    .then(
      () => true,
      (error) => {
        if (error instanceof KeyGone) return false;
        throw error;
      },
    );
  const { rows, objects } = await partOf(user);
  return { rows: rows.length, objects: objects.length, days: local.used.get(user) ?? 0, decrypts };
}

/** The mistake after which an erasure may have left a key that it was not shown. */
const HIDES_A_KEY = 'no rows, in the form of an answer';

const NOTHING = { rows: 0, objects: 0, days: 0, decrypts: false };

/** Requests and runs an erasure as far as it goes. */
async function erase(user: string): Promise<Job> {
  const rights = local.rights();
  const { id } = await rights.erase(user, 'root');
  await rights.runner.run(id);
  local.time += WINDOW_MS;
  await rights.runner.run(id);
  // A key that had to be erased again can be restored for another day.
  local.time += WINDOW_MS;
  await rights.runner.run(id);
  return (await rights.find(id)) as Job;
}

/** Answers one call wrongly, counted over the calls to which the mistake applies. */
function wrongAt(nth: number, mistake: Mistake): { fault: Fault; reached: () => boolean } {
  let met = 0;
  return {
    fault: async (request, real) => {
      const undone = mistake(request);
      if (undone !== undefined) return ++met === nth ? undone : real();
      const answer = await real();
      const wrong = answer.statusCode === 200 ? mistake(request, answer) : undefined;
      if (wrong === undefined) return answer;
      met++;
      return met === nth ? wrong : answer;
    },
    reached: () => met >= nth,
  };
}

test.each(Object.entries(MISTAKES))(
  'an erasure in which one call is answered with %s certifies nothing that is not so, and ends at another try',
  async (name, mistakeOf) => {
    await fill('eve');
    const before = await partOf('eve');
    for (let nth = 1, reached = true; reached; nth++) {
      const user = `ada-${nth}`;
      const copy = await copyOf(before, user);
      const certificates = await versionsUnder('evidence');
      const wrong = wrongAt(nth, mistakeOf());
      local.faults.choose(() => wrong.fault);
      const first = await erase(user).catch(() => undefined);
      local.faults.none();
      reached = wrong.reached();
      const isCertified = (await versionsUnder('evidence')).length > certificates.length;
      if (first?.state === 'certified' || isCertified) expect(await leftOf(user, copy)).toEqual(NOTHING);
      const job = await erase(user).catch((error: Error) => error.message);
      // A key that an earlier answer hid is still there: the job says so, and never certifies it.
      if (typeof job === 'string')
        expect([name, job]).toEqual([HIDES_A_KEY, expect.stringContaining('still decrypts')]);
      else expect([job.state, await leftOf(user, copy)]).toEqual(['certified', NOTHING]);
      local.used.set('eve', 2);
      expect(await partOf('eve')).toEqual(before);
    }
  },
  600_000,
);
