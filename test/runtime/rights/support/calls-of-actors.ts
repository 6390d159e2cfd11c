import type { LocalRequest } from '@/lib/local/aws/shared/request-handler';
import type { Job } from '@/lib/runtime/rights/jobs/job';
import { rulesOf } from '@/lib/runtime/rights/jobs/rules';
import { type Actor, nextOf } from '@/lib/runtime/rights/jobs/step-actors';
import { EXPORT_MS, REQUEST_MS } from '@/lib/runtime/rights/steps/windows';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import { RequestedKeys } from '@/lib/runtime/workspace/keyring/requested-keys';
import type { RightsProcess } from '@/test/runtime/rights/support/rights-process';
import { LocalContent } from '@/test/runtime/workspace/conversations/support/local-content';

/** The caller: an actor, the administrators' function, the operator's, or job recovery. */
export type Caller = Actor | 'admin' | 'confirm' | 'tend';

/** A call in IAM's terms: the resource, the action and, for the content table, the partition. */
export interface Called {
  readonly on: string;
  readonly action: string;
  readonly partition?: string;
}

const model = 'assistant';
const LARGE = 'x'.repeat(400_000);
const DAY_MS = 86_400_000;

/** A second person confirms an erasure. The other rule makes fewer calls. */
const rules = rulesOf({ handOverDays: 1, erasureOfOthers: 'second-person' });

/**
 * Performs every kind of job once on local stores, and records the calls of each caller: an export until it expires, a hand-over that is
 * released and one that is cancelled, an export that is overtaken by an erasure, erasures that are confirmed and one that isn't, a hold and its
 * release, a changed retention period, an erasure until its certificate, a readmission, and the closure of the workspace. One user
 * has stored content, and one hasn't.
 */
export async function callsOfActors(): Promise<Readonly<Record<Caller, readonly Called[]>>> {
  const local = new LocalContent();
  try {
    const calls: Record<Caller, Called[]> = {
      witness: [],
      eraser: [],
      exporter: [],
      closer: [],
      'recovery-witness': [],
      'recovery-eraser': [],
      admin: [],
      confirm: [],
      tend: [],
    };
    let caller: Caller | 'make-keys' = 'admin';
    const gateway = local.gateway({ window: { tokens: 1_000_000, bytes: 8_000_000 } });
    const openai = local.openai('ada', gateway);
    const { id: conversation } = await openai.conversations.create({ metadata: { topic: 'x' } });
    await openai.responses.create({ model, input: LARGE, conversation });
    await openai.responses.create({ model, input: 'one' });
    await local.linkRecord('ada');

    const maker = new BranchKeyring(local.keyStore());
    /** Like the stream of requests, has the key made by the function that may, while the caller waits. */
    const pause = async (user: string) => {
      const waiting = caller;
      caller = 'make-keys';
      await maker.ensureKey(user);
      caller = waiting;
    };
    const requesting = () =>
      new BranchKeyring(local.keyStore(), {
        make: (user, exists) =>
          new RequestedKeys({ ...local.keyRequests(), pause: () => pause(user) }).make(user, exists),
      });
    const rights = (actor?: Actor) => local.rights({ retentionDays: 30, rules, keyring: requesting() }, actor);
    local.faults.choose((call) => async (request, real) => {
      const made = calledBy(call, request);
      if (caller !== 'make-keys') calls[caller].push(...made);
      const answer = await real();
      if (meanwhile === undefined || !made.some(({ partition }) => partition?.startsWith('rights#'))) return answer;
      const [happens, waiting] = [meanwhile, caller];
      meanwhile = undefined;
      await happens();
      caller = waiting;
      return answer;
    });
    const as = <T>(who: Exclude<Caller, Actor>, work: (rights: RightsProcess) => Promise<T>): Promise<T> => {
      caller = who;
      return work(rights());
    };
    /** What happens once the next step has read the status of its user. */
    let meanwhile: (() => Promise<unknown>) | undefined;
    const advance = (actor: Actor, id: string) => {
      caller = actor;
      return rights(actor).runner.advance(id);
    };
    /** Like the state machine, runs each step by its actor in a process of its own. */
    const run = async ({ id }: Job) => {
      for (;;) {
        const job = await as('admin', (one) => one.find(id));
        const { actor, notBefore } = nextOf(job as Job, new Date(local.time));
        if (actor === undefined || notBefore !== undefined) return;
        await advance(actor, id);
      }
    };

    const period = await as('tend', (one) => one.applyNewPeriod('residency.yaml'));
    await run(period as Job);
    local.time += REQUEST_MS;
    await run(period as Job);
    await as('tend', (one) => one.delayEarlierHandOvers());
    await as('tend', (one) => one.list());

    for (const user of ['ada', 'grace']) {
      const exported = await as('admin', (one) => one.export(user, 'root'));
      await run(exported);
      local.time += EXPORT_MS;
      await run(exported);
    }
    const left = await as('admin', (one) => one.export('ada', 'root', { recipient: 'heir', reason: 'x' }));
    await run(left);
    local.time += DAY_MS;
    await run(left);
    await run((await as('admin', (one) => one.releaseExport(left.id, 'second'))) as Job);
    const cancelled = await as('admin', (one) => one.export('ada', 'root', { recipient: 'heir', reason: 'x' }));
    await run(cancelled);
    await run((await as('admin', (one) => one.cancel(cancelled.id, 'second'))) as Job);
    const unconfirmed = await as('admin', (one) => one.erase('grace', 'root'));
    local.time += rules.erasureMs;
    await run(unconfirmed);
    const stopped = await as('admin', (one) => one.erase('grace', 'root'));
    await as('confirm', (one) => one.cancelAsOperator(stopped.id));
    const { hold, job } = await as('admin', (one) => one.placeHold({ user: 'ada', reason: 'x', by: 'root' }));
    await run(job);
    await as('admin', (one) => one.erase('ada', 'root')).catch(() => {});
    await as('admin', (one) => one.holds({ limit: 10 }));
    const waiting = await as('admin', (one) => one.erase('grace', 'root'));
    const other = await as('admin', (one) => one.placeHold({ user: 'grace', reason: 'x', by: 'root' }));
    await as('confirm', (one) => one.confirmAsOperator(waiting.id)).catch(() => {});
    local.time += rules.erasureMs;
    await run(waiting);
    await as('admin', (one) => one.releaseHold(other.hold.id, 'root'));
    const released = await as('admin', (one) => one.releaseHold(hold.id, 'root'));
    await run(released?.job as Job);
    const overtaken = await as('admin', (one) => one.export('eve', 'root'));
    meanwhile = () => as('admin', (one) => one.erase('eve', 'eve'));
    await run(overtaken);
    for (const user of ['ada', 'stranger', 'eve']) {
      const erasure = await as('admin', (one) => one.erase(user, 'root'));
      if (user === 'ada') await as('admin', (one) => one.confirmErasure(erasure.id, 'second'));
      if (user === 'stranger') await as('confirm', (one) => one.confirmAsOperator(erasure.id));
      await run(erasure);
      local.time += DAY_MS + 10 * 60_000;
      await run(erasure);
    }
    local.time += REQUEST_MS;
    await run(await as('admin', (one) => one.readmit('ada', 'root')));
    await as('admin', (one) => one.list());

    const given = await as('admin', (one) => one.close('root', 7));
    await as('admin', (one) => one.cancelClosure(given.id, 'root'));
    const closing = await as('admin', (one) => one.close('root', 7));
    await run(closing);
    for (const job of await as('tend', (one) => one.list())) await run(job);
    local.time += 10 * 60_000;
    await run(closing);
    local.time += EXPORT_MS;
    await run(closing);
    return calls;
  } finally {
    local.close();
  }
}

/** A store's call in IAM's terms. */
export function calledBy(call: string, { body, query }: LocalRequest): Called[] {
  const [service = '', operation = ''] = call.split('.');
  if (service === 'dynamodb') return ofTable(operation, JSON.parse(Buffer.from(body).toString()));
  if (service === 'kms')
    return KMS[operation]?.map((action) => ({ on: 'key', action: `kms:${action}` })) ?? unknown(call);
  const [asked = ''] = ['delete', 'tagging', 'versions'].filter((name) => name in query);
  const known = S3[`${operation} ${asked}`.trim()];
  return known?.map((action) => ({ on: 'bucket', action: `s3:${action}` })) ?? unknown(call);
}

const KMS: Readonly<Record<string, string[]>> = {
  Decrypt: ['Decrypt'],
  DescribeKey: ['DescribeKey'],
  GenerateDataKeyWithoutPlaintext: ['GenerateDataKeyWithoutPlaintext'],
  ReEncrypt: ['ReEncryptFrom', 'ReEncryptTo'],
  ScheduleKeyDeletion: ['ScheduleKeyDeletion'],
};

const S3: Readonly<Record<string, string[]>> = {
  GET: ['GetObject'],
  PUT: ['PutObject'],
  'GET versions': ['ListBucketVersions'],
  'POST delete': ['DeleteObject', 'DeleteObjectVersion'],
  'PUT tagging': ['PutObjectTagging'],
  'DELETE tagging': ['DeleteObjectTagging'],
};

const TRANSACTED = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'ConditionCheckItem' };

// biome-ignore lint/suspicious/noExplicitAny: requests have no types
function ofTable(operation: string, input: any): Called[] {
  const called = (on: string, action: string, keys: Record<string, { S?: string }> | undefined) => ({
    on,
    action: `dynamodb:${action}`,
    partition: keys?.pk?.S,
  });
  if (operation === 'TransactWriteItems') {
    return input.TransactItems.flatMap((item: object) =>
      Object.entries(item).map(([kind, part]) =>
        called(part.TableName, TRANSACTED[kind as keyof typeof TRANSACTED], part.Key ?? part.Item),
      ),
    );
  }
  if (operation === 'BatchWriteItem') return Object.keys(input.RequestItems).map((on) => called(on, operation, {}));
  const values = input.ExpressionAttributeValues?.[':pk'];
  return [called(input.TableName, operation, operation === 'Query' ? { pk: values } : (input.Key ?? input.Item))];
}

const unknown = (call: string): never => {
  throw new Error(`it isn't known which right ${call} needs; add it`);
};
