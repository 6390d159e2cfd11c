import { type Actor, nextOf } from '@/lib/runtime/rights/jobs/step-actors';
import { KEY_BACKUP_MS } from '@/lib/runtime/rights/steps/windows';
import { type Called, calledBy } from '../../runtime/rights/support/calls-of-actors';
import { LocalContent } from '../../runtime/workspace/conversations/support/local-content';
import { deployedTemplates } from '../../support/deployed-templates';
import type { Fault } from '../../support/store-faults';
import { actionsOf, grantsOn, STORES, statementsOf, USAGE } from './grants';

// The short form of `workspace-rights.long.test.ts`, which compares every grant with the calls of every job.
const { sciences } = deployedTemplates();

const COUNTS = ['BatchGetItem', 'DeleteItem'];

/** What each role may do with the content table, the branch keys, the workspace's key, objects, links of records and counters, written by hand. */
const GRANTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Witness: [['GetItem', 'PutItem'], ['GetItem'], ['Decrypt'], ['PutObject'], [], []],
  Eraser: [
    ['BatchWriteItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'],
    ['BatchWriteItem', 'DeleteItem', 'Query', 'UpdateItem'],
    [],
    ['DeleteObject', 'DeleteObjectTagging', 'DeleteObjectVersion', 'ListBucketVersions', 'PutObjectTagging'],
    ['BatchWriteItem', 'Query'],
    COUNTS,
  ],
  Exporter: [
    ['ConditionCheckItem', 'GetItem', 'PutItem', 'Query'],
    ['GetItem'],
    ['Decrypt'],
    ['GetObject', 'PutObject'],
    ['Query'],
    [],
  ],
  Closer: [['GetItem', 'PutItem'], [], ['DescribeKey', 'ScheduleKeyDeletion'], ['PutObject'], [], []],
  Admin: [['DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'], [], [], [], [], []],
  Confirm: [['GetItem', 'PutItem', 'UpdateItem'], [], [], [], [], []],
  Tend: [['PutItem', 'Query'], [], [], [], [], []],
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

/** Whether a role may make a call: the action on the store, and the partition if the call names one. */
function isGranted(id: string, { on, action, partition }: Called): boolean {
  return grantsOn(sciences, id, ...STORES[on as keyof typeof STORES]).some(({ Action, Condition }) => {
    const patterns: string[] | undefined = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
    const isIn = (pattern: string) =>
      pattern.endsWith('*') ? `${partition}`.startsWith(pattern.slice(0, -1)) : partition === pattern;
    return [Action].flat().includes(action) && (partition === undefined || (patterns?.some(isIn) ?? true));
  });
}

describe('the calls of each step are granted to its role', () => {
  const roles: Partial<Record<Actor, string>> = { witness: 'Witness', eraser: 'Eraser', exporter: 'Exporter' };
  let local: LocalContent;
  let calls: Map<Actor, Called[]>;
  beforeEach(async () => {
    local = new LocalContent();
    calls = new Map();
    await local.openai('ada').conversations.create({ metadata: { topic: 'x' } });
    await local.linkRecord('ada');
  });
  afterEach(() => local.close());

  const refused = () =>
    [...calls].flatMap(([actor, made]) => made.filter((call) => !isGranted(roles[actor] ?? '', call)));

  /** @param meanwhile what happens after the step has read the status of its user */
  async function advance(actor: Actor, id: string, meanwhile?: () => Promise<unknown>): Promise<void> {
    let pending = meanwhile;
    const record =
      (call: string): Fault =>
      async (request, real) => {
        const made = calledBy(call, request);
        calls.set(actor, [...(calls.get(actor) ?? []), ...made]);
        const answer = await real();
        if (pending === undefined || !made.some(({ partition }) => partition?.startsWith('rights#'))) return answer;
        const happens = pending;
        pending = undefined;
        local.faults.none();
        await happens();
        local.faults.choose(record);
        return answer;
      };
    local.faults.choose(record);
    await local.rights({}, actor).runner.advance(id);
    local.faults.none();
  }

  async function run(id: string): Promise<void> {
    for (;;) {
      const job = await local.rights().find(id);
      const { actor, notBefore } = job === undefined ? {} : nextOf(job, new Date(local.time));
      if (actor === undefined || notBefore !== undefined) return;
      await advance(actor, id);
    }
  }

  test('of an export and an erasure', async () => {
    await run((await local.rights().export('ada', 'ada')).id);
    const erasure = await local.rights().erase('ada', 'ada');
    await run(erasure.id);
    local.time += KEY_BACKUP_MS + 10 * 60_000;
    await run(erasure.id);
    expect(await local.rights().find(erasure.id)).toMatchObject({ state: 'certified' });
    expect([...calls.keys()].sort()).toEqual(Object.keys(roles).sort());
    expect(refused()).toEqual([]);
  });

  test('of an export that is overtaken by an erasure', async () => {
    const { id } = await local.rights().export('ada', 'ada');
    await advance('exporter', id, () => local.rights().erase('ada', 'ada'));
    expect(await local.rights().find(id)).toMatchObject({ state: 'cancelled' });
    expect(refused()).toEqual([]);
  });
});
