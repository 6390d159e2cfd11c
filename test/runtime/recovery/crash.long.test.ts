import type { Actor } from '@/lib/runtime/rights/jobs/step-actors';
import { BranchKeyErasure } from '@/lib/runtime/workspace/keyring/branch-key-erasure';
import { KEY_CACHE_MS, KeyGone } from '@/lib/runtime/workspace/keyring/keyring';
import { LocalContent } from '../workspace/conversations/support/local-content';
import { LocalRecovery } from './support/local-recovery';

const WINDOW_MS = 86_400_000 + 2 * KEY_CACHE_MS;

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

test.each(['before', 'after'] as const)(
  'an erasure that continues in the recovery Region and is killed %s each call in turn leaves no key in either Region',
  async (fault) => {
    for (let nth = 1, reached = true; reached; nth++) {
      const user = `ada-${nth}`;
      const openai = local.openai(user);
      const { id: conversation } = await openai.conversations.create({ metadata: { topic: 'x' } });
      await openai.responses.create({ model: 'assistant', input: 'one', conversation });
      await recovery.replicate();
      await recovery.copyKeys();
      const copies = (await recovery.backup('content')).flatMap(({ pk, content }) =>
        pk?.S === `user#${user}` ? (content?.B ?? []) : [],
      );
      const rights = (actor?: Actor) => local.rights({ recovery: recovery.stores() }, actor);
      // Other tests kill the earlier steps.
      const { id } = await rights().erase(user, 'root');
      for (const actor of ['witness', 'eraser'] as const) await rights(actor).runner.run(id);
      expect((await rights().find(id))?.step).toBe('recovery-read');
      const run = async () => {
        await rights().runner.run(id);
        local.time += WINDOW_MS;
        await rights().runner.run(id);
      };
      reached = await local.faults.killAt(nth, fault, run);
      await run();
      expect((await rights().find(id))?.state).toBe('certified');
      expect(await recovery.versions(`content/${user}/`)).toEqual([]);
      expect(copies.length).toBeGreaterThan(0);
      for (const copy of copies) {
        for (const keyring of [local.newKeyring(), recovery.keyring()]) {
          await expect(keyring.decrypt(user, copy)).rejects.toThrow(KeyGone);
        }
      }
    }
  },
  300_000,
);

test('an erasure between any two calls of a copy leaves no key in the recovery Region', async () => {
  for (let nth = 1, reached = true; reached; nth++) {
    const user = `ada-${nth}`;
    await local.newKeyring().ensureKey(user);
    const message = await local.newKeyring().encrypt(user, Buffer.from('Guten Tag'));
    reached = false;
    local.faults.choose((_, at) => {
      if (at !== nth || reached) return undefined;
      reached = true;
      return async (_request, real) => {
        // In an erasure's order: first the primary Region, then the recovery Region.
        for (const keys of [new BranchKeyErasure(local.keyStore()), recovery.stores().keys]) await keys.destroy(user);
        return real();
      };
    });
    await recovery.copyKeys();
    local.faults.none();
    if (!reached) break;
    expect(
      (await recovery.backup('keys')).filter((row) => row['branch-key-id']?.S === `sciences/${user}`),
    ).toHaveLength(1);
    await expect(recovery.keyring().decrypt(user, message)).rejects.toThrow(KeyGone);
  }
});
