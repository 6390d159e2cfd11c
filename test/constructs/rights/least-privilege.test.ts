import { type Actor, nextOf } from '@/lib/runtime/rights/jobs/step-actors';
import { KEY_BACKUP_MS } from '@/lib/runtime/rights/steps/windows';
import { type Called, calledBy } from '../../runtime/rights/support/calls-of-actors';
import { LocalContent } from '../../runtime/workspace/conversations/support/local-content';
import { deployedTemplates } from '../../support/deployed-templates';
import { actionsOf, grantsOn, STORES, statementsOf, USAGE } from './grants';

// The short form of `workspace-rights.long.test.ts`, which compares every grant with the calls of every job.
const { sciences } = deployedTemplates();

const COUNTS = ['BatchGetItem', 'DeleteItem'];

/** What each role may do with the content table, the branch keys, the workspace's key, objects and counters, written by hand. */
const GRANTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Witness: [['GetItem', 'PutItem'], ['GetItem'], ['Decrypt'], ['PutObject'], []],
  Eraser: [
    ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'],
    ['BatchWriteItem', 'DeleteItem', 'Query', 'UpdateItem'],
    [],
    ['DeleteObject', 'DeleteObjectTagging', 'DeleteObjectVersion', 'ListBucketVersions', 'PutObjectTagging'],
    COUNTS,
  ],
  Exporter: [
    ['ConditionCheckItem', 'GetItem', 'PutItem', 'Query'],
    ['GetItem'],
    ['Decrypt'],
    ['GetObject', 'PutObject'],
    [],
  ],
  Closer: [['GetItem', 'PutItem'], [], ['DescribeKey', 'ScheduleKeyDeletion'], ['PutObject'], []],
  Admin: [['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'], [], [], [], []],
  Confirm: [['GetItem', 'PutItem', 'UpdateItem'], [], [], [], []],
  Tend: [['PutItem', 'Query'], [], [], [], []],
};

test.each(Object.keys(GRANTS))('the role of %s has these grants on stores and keys, and no others', (id) => {
  const stores = [...Object.values(STORES), USAGE];
  const granted = stores.map(([service, resource]) => actionsOf(grantsOn(sciences, id, service, resource)));
  expect(granted.map((actions) => actions.map((action) => action.replace(/^\w+:/, '')))).toEqual(GRANTS[id]);
  for (const { Effect, Action, Resource } of statementsOf(sciences, id)) {
    expect([Effect, [Action].flat().filter((action) => action.includes('*'))]).toEqual(['Allow', []]);
    if (Resource === '*') expect([Action].flat().filter((action) => /^(dynamodb|kms|s3):/.test(action))).toEqual([]);
  }
});

test.each(['Witness', 'Closer', 'Admin', 'Confirm', 'Tend'])('the role of %s reaches no partition of content', (id) => {
  for (const { Condition } of grantsOn(sciences, id, ...STORES.sciences)) {
    const partitions = Condition['ForAllValues:StringLike']['dynamodb:LeadingKeys'];
    expect(partitions.filter((partition: string) => !/^rights(#\*)?$/.test(partition))).toEqual([]);
  }
});

test('an export and an erasure make only calls that the role of each step is granted', async () => {
  const local = new LocalContent();
  try {
    await local.openai('ada').conversations.create({ metadata: { topic: 'x' } });
    const calls = new Map<Actor, Called[]>();
    const run = async (id: string) => {
      for (;;) {
        const job = await local.rights().find(id);
        const { actor, notBefore } = job === undefined ? {} : nextOf(job, new Date(local.time));
        if (actor === undefined || notBefore !== undefined) return;
        local.faults.choose((call) => (request, real) => {
          calls.set(actor, [...(calls.get(actor) ?? []), ...calledBy(call, request)]);
          return real();
        });
        await local.rights({}, actor).runner.advance(id);
        local.faults.none();
      }
    };
    await run((await local.rights().export('ada', 'ada')).id);
    const erasure = await local.rights().erase('ada', 'ada');
    await run(erasure.id);
    local.time += KEY_BACKUP_MS + 10 * 60_000;
    await run(erasure.id);
    expect(await local.rights().find(erasure.id)).toMatchObject({ state: 'certified' });
    const roles: Partial<Record<Actor, string>> = { witness: 'Witness', eraser: 'Eraser', exporter: 'Exporter' };
    expect([...calls.keys()].sort()).toEqual(Object.keys(roles).sort());
    const refused = [...calls].flatMap(([actor, made]) =>
      made.filter(({ on, action }) => {
        const store = STORES[on as keyof typeof STORES];
        return !actionsOf(grantsOn(sciences, roles[actor] ?? '', ...store)).includes(action);
      }),
    );
    expect(refused).toEqual([]);
  } finally {
    local.close();
  }
});
