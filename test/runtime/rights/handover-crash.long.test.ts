import { LocalContent } from '../workspace/conversations/support/local-content';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

test.each(['before', 'after'] as const)(
  'a release that is killed %s each call can be repeated, and only the recipient can open the export',
  async (fault) => {
    for (let nth = 1, reached = true; reached; nth++) {
      const [user, heir] = [`ada-${nth}`, `heir-${nth}`];
      await local.openai(user).conversations.create({ metadata: { topic: 'KENNWORT' } });
      const { id } = await local.rights().export(user, 'first', { recipient: heir, reason: 'case 9' });
      await local.rights().runner.run(id);
      const release = async () => {
        await local.rights().releaseExport(id, 'second');
        await local.rights().runner.run(id);
      };
      reached = await local.faults.killAt(nth, fault, release);
      await release();
      for (const [who, status] of [[heir, 200] as const, ['second', 404] as const]) {
        const headers = { authorization: `Bearer ${who}` };
        const response = await local.gateway().fetch(new Request(`https://x.test/v1/exports/${id}`, { headers }));
        expect([response.status, (await response.text()).includes('KENNWORT')]).toEqual([status, status === 200]);
      }
    }
  },
  120_000,
);
