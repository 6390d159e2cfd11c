import type { AttackTable, RequestAttack, Scenario } from '../attack';
import { form } from '../forms';
import { decideBy, type Puppet } from '../puppets';
import type { Sent, Target } from '../target';
import { BundlesTarget } from '../targets/bundles-target';
import { caller, type World } from '../world';

const model = 'assistant';
const MEMBER: Puppet = { id: 'member', roles: ['member'] };
const OTHER: Puppet = { id: 'otherMember', roles: ['member'] };

/** A line of a batch. */
const line = (body: object, over: object = {}) =>
  JSON.stringify({ custom_id: 'one', method: 'POST', url: '/v1/responses', body, ...over });
const responding = (body: object) => line({ model, input: 'hi', ...body });

/** Lines of an own batch that name what is another member's, or another host's. */
const LINES: Readonly<Record<string, (world: World) => string>> = {
  'a response after theirs': ({ ids }) => responding({ previous_response_id: ids.response }),
  'a response after theirs of the background': ({ ids }) => responding({ previous_response_id: ids.background }),
  'their conversation': ({ ids }) => responding({ conversation: ids.conversation }),
  'their item': ({ ids }) => responding({ input: [{ type: 'item_reference', id: ids.responseItem }] }),
  'their prompt': ({ ids }) => responding({ prompt: { id: ids.prompt, variables: { a: 'x' } } }),
  'their file': ({ ids }) =>
    responding({ input: [{ role: 'user', content: [{ type: 'input_file', file_id: ids.file }] }] }),
  'their input of a batch': ({ ids }) =>
    responding({ input: [{ role: 'user', content: [{ type: 'input_file', file_id: ids.batchFile }] }] }),
  'a remote image': () =>
    responding({
      input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'https://evil.example/a.png' }] }],
    }),
  'another path': () => line({ model, input: 'hi' }, { url: '/admin/v1/members' }),
  'a path of keys': () => line({ name: 'x' }, { url: '/v1/keys' }),
  'a path that leads elsewhere': () => line({ model, input: 'hi' }, { url: '/v1/responses/../conversations' }),
  'a URL': () => line({ model, input: 'hi' }, { url: 'https://evil.example/v1/responses' }),
  'another method': () => line({ model, input: 'hi' }, { method: 'DELETE' }),
  'a member': () => line({ model, input: 'hi' }, { user: 'member', member: 'member', as: 'member' }),
  headers: () => line({ model, input: 'hi' }, { headers: { authorization: 'Bearer x', 'x-user': 'member' } }),
  'another job in the background': () => responding({ background: true }),
  'a stream': () => responding({ stream: true }),
  'no JSON': () => '{"custom_id":',
  'a deep line': () => `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
};

async function batchOf(target: Target, by: Puppet, lines: string): Promise<string> {
  const [body, ...headers] = form({ purpose: 'batch' }, 'file', lines, 'a.jsonl');
  const sent = await target.send({ by, method: 'POST', path: '/v1/files', body, headers });
  if (sent.status !== 200) throw new Error(`a file was refused: ${sent.status} ${sent.body.slice(0, 300)}`);
  const described = { input_file_id: JSON.parse(sent.body).id, endpoint: '/v1/responses', completion_window: '24h' };
  const made = await decideBy(target, by, 'POST', '/v1/batches', described);
  if (made.status !== 200) throw new Error(`a batch was refused: ${made.status} ${made.body.slice(0, 300)}`);
  return JSON.parse(made.body).id;
}

/** All that the sender can read of a batch that is over. */
async function readBy(target: Target, by: Puppet, batch: string): Promise<{ status: string; text: string }> {
  const { body } = await decideBy(target, by, 'GET', `/v1/batches/${batch}`);
  const found = JSON.parse(body);
  const files = [found.output_file_id, found.error_file_id].filter((id) => typeof id === 'string');
  const texts: string[] = [];
  for (const id of files) texts.push((await decideBy(target, by, 'GET', `/v1/files/${id}/content`)).body);
  return { status: found.status, text: [body, ...texts].join('\n') };
}

/** One deployment runs all of them: what any of them reads of another member would be in an answer. */
const lines: Scenario[] = Object.entries(LINES).map(([name, make]) => ({
  name: `a line with ${name}`,
  run: async (world, target) => {
    const batch = await batchOf(target, OTHER, make(world));
    await target.settle();
    const { status, text } = await readBy(target, OTHER, batch);
    return [
      ...(['completed', 'failed'].includes(status) ? [] : [`the batch is ${status}`]),
      ...(text.includes('kanarie') ? [`its answers have content of the member: ${text.slice(0, 300)}`] : []),
      ...(/"status_code":2/.test(text) && !MAY_ANSWER.includes(name) ? [`it was answered: ${text.slice(0, 300)}`] : []),
    ];
  },
}));

/** Lines that may be answered, without what they claim. */
const MAY_ANSWER: readonly string[] = ['a member', 'headers'];

/** Rows of the queue that no gateway writes: who could write one would choose its two IDs. */
const FORGED: Readonly<Record<string, (world: World, waiting: string) => readonly [job: string, user: string]>> = {
  "another member's batch": (_, waiting) => [waiting, 'otherMember'],
  "an erased member's batch": ({ erased }) => [erased.batch, 'erased'],
  'an own batch in the name of another member': ({ own }) => [own.batch, 'member'],
  'a batch that is over': ({ ids }) => [ids.batch, 'member'],
  'a response that is over': ({ ids }) => [ids.background, 'member'],
  'a response that was never in the background': ({ ids }) => [ids.response, 'member'],
  'a conversation': ({ ids }) => [ids.conversation, 'member'],
  'a path': (_, waiting) => [`../member/${waiting}`, 'otherMember'],
  'a member who is a path': (_, waiting) => [waiting, '../member'],
  'another kind of row': (_, waiting) => [waiting, 'user#member'],
  'empty IDs': () => ['', ''],
};

const forged: Scenario[] = Object.entries(FORGED).map(([name, of]) => ({
  name: `a forged row of the queue: ${name}`,
  on: 'bundles',
  run: async (world, target) => {
    if (!(target instanceof BundlesTarget)) throw new Error('only the bundles have a queue that can be forged');
    const waiting = await batchOf(target, MEMBER, responding({}));
    const before = (await decideBy(target, MEMBER, 'GET', `/v1/batches/${waiting}`)).body;
    const done = (await decideBy(target, MEMBER, 'GET', `/v1/batches/${world.ids.batch}`)).body;
    const { writes } = await target.work(...of(world, waiting));
    const changed = [
      [before, (await decideBy(target, MEMBER, 'GET', `/v1/batches/${waiting}`)).body],
      [done, (await decideBy(target, MEMBER, 'GET', `/v1/batches/${world.ids.batch}`)).body],
    ].filter(([one, other]) => one !== other);
    await target.settle();
    const { status } = await readBy(target, MEMBER, waiting);
    return [
      ...changed.map(([one, other]) => `a batch changed from ${one} to ${other}`),
      ...writes
        .filter(({ keys }) => keys.some((key) => !/^sciences-jobs /.test(key)))
        .map(({ operation, keys }) => `it wrote ${operation} ${keys}`),
      ...(status === 'completed' ? [] : [`the member's own batch is ${status}`]),
    ];
  },
}));

/** A member's jobs are limited, so that they can't take all workers. */
const flood: Scenario = {
  name: 'more jobs than a member may have at a time',
  run: async (_, target) => {
    const sent: Sent = { method: 'POST', path: '/v1/responses', body: { model, input: 'hi', background: true } };
    const all = Array.from({ length: 40 }, () => target.send(sent));
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    const other = await target.send({ ...sent, as: 'member' });
    await target.settle();
    // `serve` runs them meanwhile, so only the bundles have a certain number.
    const isLimited = target.name === 'serve' || statuses.filter((status) => status === 200).length === 8;
    return [
      ...(isLimited && statuses.every((status) => status === 200 || status === 429)
        ? []
        : [`they were answered ${statuses}`]),
      ...(other.status === 200 ? [] : [`another member was refused: ${other.status}`]),
    ];
  },
};

const describing = (input_file_id: string, over: object = {}): Sent => ({
  method: 'POST',
  path: '/v1/batches',
  body: { input_file_id, endpoint: '/v1/responses', completion_window: '24h', ...over },
});

/** Batches that must be refused at once. */
const REFUSED: Readonly<Record<string, (world: World) => Sent>> = {
  "another member's file": ({ ids }) => describing(ids.batchFile),
  'the answers of another member': ({ ids }) => describing(ids.file),
  'a path as a file': () => describing('../member/file-1'),
  'another endpoint': ({ own }) => describing(own.batchFile, { endpoint: '/v1/files' }),
  'a URL as an endpoint': ({ own }) => describing(own.batchFile, { endpoint: 'https://evil.example/' }),
  'a bucket for the output': ({ own }) => describing(own.batchFile, { output_bucket: 's3://evil' }),
  'a member': ({ own }) => describing(own.batchFile, { user: 'member' }),
  'a webhook': ({ own }) => describing(own.batchFile, { webhook: 'https://evil.example/' }),
};

/** Files of batches that describe more than they say, with the only mistake that their batch may have; none if it may also be answered. */
const FILES: Readonly<Record<string, readonly [text: string, code?: string]>> = {
  'a line of 3 MB': [responding({ input: 'x'.repeat(3_000_000) })],
  '60,000 lines': [`${line({})}\n`.repeat(60_000), 'too_many_tasks'],
  'a million line ends': ['\n'.repeat(1_000_000), 'empty_file'],
  'no line': [' ', 'empty_file'],
};

const files: Scenario[] = Object.entries(FILES).map(([name, [text, code]]) => ({
  name: `a file of ${name}`,
  run: async (_, target) => {
    const [body, ...headers] = form({ purpose: 'batch' }, 'file', text, 'a.jsonl');
    const file = (await caller(target)('otherMember', 'POST', '/v1/files', body, headers))('id');
    const { status, ms, body: made } = await target.send(describing(file));
    await target.settle();
    const { body: batch } = await target.send({ path: `/v1/batches/${JSON.parse(made).id}` });
    const { data: mistakes = [] } = JSON.parse(batch).errors ?? {};
    const codes = mistakes.map((one: { readonly code: string }) => one.code);
    return [
      ...(status < 500 ? [] : [`it was answered ${status}`]),
      ...(code === undefined || `${codes}` === code
        ? []
        : [`its mistakes are '${codes}', not ${code}: ${batch.slice(0, 300)}`]),
      ...(ms > 5_000 ? [`it used ${Math.round(ms)} ms`] : []),
    ];
  },
}));

/** Batches and responses in the background, of another member, by a forged row, and without end. */
export const BACKGROUND: AttackTable = {
  title: 'jobs in the background',
  attacks: [
    ...Object.entries(REFUSED).map(
      ([name, request]): RequestAttack => ({
        name: `a batch with ${name}`,
        request,
        codes: ['file_not_found', 'invalid_value', 'unknown_parameter'],
      }),
    ),
    ...lines,
    ...forged,
    flood,
    ...files,
  ],
};
