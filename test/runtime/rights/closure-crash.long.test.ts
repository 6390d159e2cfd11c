import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { EXPORT_MS } from '@/lib/runtime/rights/steps/windows';
import { LocalContent } from '../workspace/conversations/support/local-content';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const everything = async () => {
  for (const { id } of await local.rights().list()) await local.rights().runner.run(id);
};

const certificates = async () => {
  const { Versions = [] } = await local.s3.send(new ListObjectVersionsCommand({ Bucket: 'evidence' }));
  return Versions.map(({ Key = '' }) => Key).sort();
};

/** Kills each call of an action in turn, and repeats the action. */
async function killed(fault: 'before' | 'after', prepare: () => Promise<string>, check: (id: string) => Promise<void>) {
  for (let nth = 1, reached = true; reached; nth++) {
    local.close();
    local = new LocalContent();
    const id = await prepare();
    reached = await local.faults.killAt(nth, fault, () => local.rights().runner.run(id));
    await local.rights().runner.run(id);
    await check(id);
  }
}

const begun = async () => {
  for (const user of ['ada', 'eve']) await local.openai(user).conversations.create();
  return (await local.rights().close('root', 7)).id;
};

test.each(['before', 'after'] as const)(
  'a closure that is killed %s each call of its start exports every user once',
  async (fault) => {
    await killed(fault, begun, async (id) => {
      await everything();
      local.time += 5 * 60_000;
      await everything();
      expect(await local.rights().find(id)).toMatchObject({ state: 'fetchable', counts: { users: 2, exports: 2 } });
    });
  },
  120_000,
);

test.each(['before', 'after'] as const)(
  'a closure that is killed %s each call of its end is completed',
  async (fault) => {
    const fetched = async () => {
      const id = await begun();
      await local.rights().runner.run(id);
      await everything();
      local.time += 5 * 60_000;
      await everything();
      local.time += EXPORT_MS;
      return id;
    };
    await killed(fault, fetched, async (id) => {
      expect(await local.rights().find(id)).toMatchObject({ state: 'closed' });
      expect(await certificates()).toEqual([
        `certificates/sciences/${id}-key.json`,
        `certificates/sciences/${id}.json`,
      ]);
    });
  },
  120_000,
);
