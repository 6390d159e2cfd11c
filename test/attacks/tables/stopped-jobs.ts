import { type AttributeValue, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Scenario } from '../attack';
import { form } from '../forms';
import { addMember, decideBy, type Puppet } from '../puppets';
import type { Sent, Target } from '../target';
import { BundlesTarget } from '../targets/bundles-target';
import type { World } from '../world';

const model = 'assistant';
const ADMIN: Puppet = { id: 'admin', roles: ['admin'] };
const LINE = JSON.stringify({
  custom_id: 'one',
  method: 'POST',
  url: '/v1/responses',
  body: { model, input: 'hi' },
});

/** What a person has asked for, and nothing has run yet. */
interface Waiting {
  readonly person: Puppet;
  readonly key: string;
  readonly batch: string;
  readonly response: string;
}

/** Sends a batch and a response with a key, or with a token. */
async function waitingOf(target: Target, person: Puppet, withKey: boolean): Promise<Waiting> {
  await target.addPerson(person.id, person.roles);
  const made = JSON.parse((await decideBy(target, person, 'POST', '/v1/keys', { name: 'x' })).body);
  const by = withKey ? `Bearer ${made.key}` : { id: person.id, roles: ['member'] };
  const base = withKey ? '/key' : '';
  const post = async (path: string, more: Partial<Sent>) => {
    const { status, body } = await target.send({ by, method: 'POST', path: base + path, ...more });
    if (status !== 200) throw new Error(`${path} answered ${status}: ${body.slice(0, 300)}`);
    return `${JSON.parse(body).id}`;
  };
  const [body, ...headers] = form({ purpose: 'batch' }, 'file', LINE, 'a.jsonl');
  const input_file_id = await post('/v1/files', { body, headers });
  const described = { input_file_id, endpoint: '/v1/responses', completion_window: '24h' };
  const batch = await post('/v1/batches', { body: described });
  const response = await post('/v1/responses', { body: { model, input: 'hi', background: true } });
  return { person, key: made.id, batch, response };
}

type Row = Record<string, AttributeValue>;

/** The rows of a person's two jobs. */
async function jobsOf(target: Target, { person }: Waiting): Promise<Row[]> {
  const { Items = [] } = await target.stores.dynamodb.send(new ScanCommand({ TableName: target.tables.content }));
  const jobs = Items.filter(({ pk, sk }) => `${pk?.S}`.endsWith(person.id) && `${sk?.S}`.startsWith('running#'));
  if (jobs.length !== 2) throw new Error(`${person.id} has ${jobs.length} jobs`);
  return jobs;
}

/** Changes the rows of a person's jobs in the table, as who can write there but not decrypt. */
async function changeJobs(target: Target, waiting: Waiting, change: (row: Row) => Row): Promise<void> {
  for (const row of await jobsOf(target, waiting)) {
    await target.stores.dynamodb.send(new PutItemCommand({ TableName: target.tables.content, Item: change(row) }));
  }
}

/** What happens to a person between their request and its turn. */
const STOPS: Readonly<Record<string, (target: Target, waiting: Waiting) => Promise<unknown>>> = {
  'whose key was revoked': (target, { person, key }) => decideBy(target, person, 'DELETE', `/v1/keys/${key}`),
  'who was disabled': (target, { person }) => decideBy(target, ADMIN, 'POST', `/admin/v1/members/${person.id}/disable`),
  'who was signed out': (target, { person }) =>
    decideBy(target, ADMIN, 'POST', `/admin/v1/members/${person.id}/sign-out`),
  'who was removed': (target, { person }) => decideBy(target, ADMIN, 'DELETE', `/admin/v1/members/${person.id}`),
  'whose jobs name no key any more': (target, waiting) =>
    changeJobs(target, waiting, ({ sender: _, byKey: __, ...row }) => row),
  'whose jobs name other groups': (target, waiting) =>
    changeJobs(target, waiting, ({ sender: _, ...row }) => ({ ...row, groups: { S: '["staff"]' } })),
  'whose jobs name groups that can’t be read': (target, waiting) =>
    changeJobs(target, waiting, (row) => ({ ...row, groups: { S: '[' }, sender: { B: Buffer.from('[') } })),
  'who was erased': (target, { person }) => decideBy(target, person, 'POST', '/admin/v1/rights/own/erasures'),
};

/** What is stored of a person's jobs, read past every API: they may not ask any more. */
async function storedOf(target: Target, { person, batch, response }: Waiting) {
  const { Items = [] } = await target.stores.dynamodb.send(new ScanCommand({ TableName: target.tables.content }));
  const rows = Items.filter(({ pk }) => `${pk?.S}`.endsWith(person.id));
  const of = (id: string) => rows.filter(({ sk }) => `${sk?.S}`.includes(id));
  return {
    batch: of(batch).map(({ status }) => status?.S),
    rows: [...of(batch), ...of(response)].length,
    running: rows.filter(({ sk }) => `${sk?.S}`.startsWith('running#')).length,
  };
}

/** Runs what waited, after what happened to its sender. */
async function ranAfter(target: Target, name: string, withKey: boolean, stop?: (typeof STOPS)[string]) {
  if (!(target instanceof BundlesTarget)) throw new Error('only the bundles let a job wait until the attack starts it');
  const person = await addMember(target, ADMIN, name);
  const waiting = await waitingOf(target, person, withKey);
  await stop?.(target, waiting);
  await target.advance(61_000);
  const before = target.modelCalls;
  await target.settle();
  return { ...(await storedOf(target, waiting)), calls: target.modelCalls - before };
}

const stopped: Scenario[] = Object.entries(STOPS).flatMap(([how, stop], nth) =>
  ['a key', 'a token']
    .filter((by) => by === 'a key' || how !== 'whose key was revoked')
    .map((by) => ({
      name: `jobs by ${by} of a member ${how}`,
      on: 'bundles' as const,
      run: async (_: World, target: Target) => {
        const { batch, rows, running, calls } = await ranAfter(
          target,
          `jobs-${nth}-${by.slice(2)}`,
          by === 'a key',
          stop,
        );
        const isRight = how === 'who was erased' ? rows === 0 : batch.includes('cancelled');
        return [
          ...(calls === 0 ? [] : [`a model was called ${calls} times`]),
          ...(isRight ? [] : [`the batch is ${batch}, in ${rows} rows`]),
          ...(running === 0 ? [] : [`${running} jobs still run`]),
        ];
      },
    })),
);

/** Without it, the other rows would pass where no job ever runs. */
const control: Scenario = {
  name: 'control: jobs of a member who may still act',
  on: 'bundles',
  run: async (_, target) => {
    const { batch, calls } = await ranAfter(target, 'jobs-control', true);
    return calls === 2 && batch.includes('completed')
      ? []
      : [`a model was called ${calls} times; the batch is ${batch}`];
  },
};

/** The request of a job that is over, in the place of one that waits: places are used again, so both rows have the same key. */
const moved: Scenario[] = ['a key', 'a token'].map((by) => ({
  name: `jobs by ${by} whose requests are earlier ones of their places`,
  on: 'bundles',
  run: async (_, target) => {
    if (!(target instanceof BundlesTarget))
      throw new Error('only the bundles let a job wait until the attack starts it');
    const person = await addMember(target, ADMIN, `jobs-moved-${by.slice(2)}`);
    const earlier = await jobsOf(target, await waitingOf(target, person, by === 'a key'));
    await target.settle();
    const waiting = await waitingOf(target, person, by === 'a key');
    let replaced = 0;
    await changeJobs(target, waiting, (row) => {
      const { content } = earlier.find(({ sk }) => sk?.S === row.sk?.S) ?? {};
      if (content === undefined) return row;
      replaced++;
      return { ...row, content };
    });
    const before = target.modelCalls;
    await target.settle();
    const calls = target.modelCalls - before;
    const { batch, running } = await storedOf(target, waiting);
    const { status } = await decideBy(target, person, 'GET', `/v1/responses/${waiting.response}`);
    return [
      ...(replaced === 2 ? [] : [`${replaced} requests were replaced`]),
      // A batch has its lines in a file, and nothing in this place.
      ...(calls === 1 && batch.includes('completed')
        ? []
        : [`a model was called ${calls} times; the batch is ${batch}`]),
      ...(status === 404 ? [] : [`the response was answered ${status}`]),
      ...(running === 0 ? [] : [`${running} jobs still run`]),
    ];
  },
}));

/** A job acts as its member, and only as long as the member may. They move the clock. */
export const STOPPED_JOBS: readonly Scenario[] = [control, ...stopped, ...moved];
