import { Template } from 'aws-cdk-lib/assertions';
import type { Job } from '@/lib/runtime/rights/jobs/job';
import { type Actor, nextOf } from '@/lib/runtime/rights/jobs/step-actors';
import { REQUEST_MS } from '@/lib/runtime/rights/steps/windows';
import { LocalRecovery } from '../runtime/recovery/support/local-recovery';
import { type Called, calledBy } from '../runtime/rights/support/calls-of-actors';
import { LocalContent } from '../runtime/workspace/conversations/support/local-content';
import { DEPLOYMENT, deploymentStacks } from '../support/deployment';

// biome-ignore lint/suspicious/noExplicitAny: templates have no types
type Json = any;

const { workspaces } = deploymentStacks({ ...DEPLOYMENT, recoveryRegion: 'eu-west-1' });
const sciences = Template.fromStack(workspaces[0] as never);

const statementsOf = (id: string): Json[] =>
  Object.values(sciences.findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(`WorkspaceRights${id}Role`))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

/** The permissions of a role on resources that match, except for the use of keys through a service. */
const granted = (id: string, resource: RegExp): string[] => {
  const found = statementsOf(id).filter(
    ({ Resource, Condition }) =>
      resource.test(JSON.stringify(Resource)) && !JSON.stringify(Condition ?? {}).includes('ViaService'),
  );
  return [...new Set(found.flatMap(({ Action }) => Action))].sort();
};

/** Runs an erasure until it is certified, and a readmission, and returns the calls of each actor. */
async function callsOfRecovery(): Promise<Partial<Record<Actor, Called[]>>> {
  const calls: Partial<Record<Actor, Called[]>> = {};
  const local = new LocalContent();
  const recovery = new LocalRecovery(local);
  try {
    const gateway = local.gateway({ window: { tokens: 1_000_000, bytes: 8_000_000 } });
    await local.openai('ada', gateway).responses.create({ model: 'assistant', input: 'x'.repeat(400_000) });
    await recovery.replicate();
    await recovery.copyKeys();
    const rights = (actor?: Actor) => local.rights({ recovery: recovery.stores() }, actor);
    const run = async (id: string) => {
      for (;;) {
        const job = await rights().find(id);
        const { actor, notBefore } = nextOf(job as Job, new Date(local.time));
        if (actor === undefined || notBefore !== undefined) return;
        local.faults.choose((call) => (request, real) => {
          calls[actor] = [...(calls[actor] ?? []), ...calledBy(call, request)];
          return real();
        });
        await rights(actor).runner.advance(id);
        local.faults.none();
      }
    };
    const { id } = await rights().erase('ada', 'root');
    await run(id);
    local.time += 86_400_000 + 10 * 60_000;
    await run(id);
    expect(await rights().find(id)).toMatchObject({ state: 'certified' });
    local.time += REQUEST_MS;
    const back = await rights().readmit('ada', 'root');
    await run(back.id);
    expect(await rights().find(back.id)).toMatchObject({ state: 'readmitted' });
    expect((await recovery.backup('keys')).map(({ type }) => type?.S)).toEqual([]);
    return calls;
  } finally {
    recovery.close();
    local.close();
  }
}

let calls: Awaited<ReturnType<typeof callsOfRecovery>>;
beforeAll(async () => {
  calls = await callsOfRecovery();
}, 120_000);

const called = (actor: Actor, matches: (one: Called) => boolean): string[] =>
  [...new Set((calls[actor] ?? []).filter(matches).map(({ action }) => action))].sort();

const isOfRights = (partition = ''): boolean => /^rights(#|$)/.test(partition);

describe.each([
  ['recovery-witness', 'RecoveryWitness'],
  ['recovery-eraser', 'RecoveryEraser'],
] as const)('the permissions of the %s match its calls', (actor, id) => {
  test('on jobs and decisions', () => {
    expect(granted(id, /"WorkspaceConversations\w+","Arn"/)).toEqual(
      called(actor, ({ on, partition }) => on === 'sciences' && isOfRights(partition)),
    );
  });

  test('on the replica of the table', () => {
    expect(granted(id, /:dynamodb:eu-west-1:/)).toEqual(
      called(actor, ({ on, partition }) => on === 'sciences' && !isOfRights(partition)),
    );
  });

  test("on the recovery Region's key store and key", () => {
    expect(granted(id, /ReplicaBranchKeysTable/)).toEqual(called(actor, ({ on }) => on === 'sciences-keys-there'));
    expect(granted(id, /ReplicaKey/)).toEqual(called(actor, ({ on }) => on === 'key'));
  });

  test("on the recovery Region's objects", () => {
    expect(granted(id, /ReplicaFiles/)).toEqual(called(actor, ({ on }) => on === 'bucket'));
  });

  test('and include no others', () => {
    const rest = statementsOf(id).filter(
      ({ Resource }) =>
        !/WorkspaceConversations|:dynamodb:eu-west-1:|Replica|LogGroup|WorkspaceKey/.test(JSON.stringify(Resource)),
    );
    expect(rest).toEqual([]);
  });
});

test('in the recovery Region, the eraser decrypts nothing, and the verifier deletes nothing', () => {
  expect(granted('RecoveryEraser', /./).filter((action) => /kms:|GetObject/.test(action))).toEqual([]);
  expect(granted('RecoveryWitness', /./).filter((action) => /Delete|BatchWrite|s3:/.test(action))).toEqual([]);
});
