import type { LocalResponse } from '@/lib/local/aws/shared/request-handler';
import { stepHandler } from '@/lib/runtime/rights/deployed/step-handler';
import type { Actor } from '@/lib/runtime/rights/jobs/step-actors';
import { LocalContent } from '../../workspace/conversations/support/local-content';

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const lines: object[] = [];
const handlerOf = (actor: Actor, { runner } = local.rights({}, actor)) =>
  stepHandler({ runner, actor, workspace: 'sciences', log: (line) => void lines.push(line) });

test('an actor runs its own consecutive steps, and hands over to the next actor', async () => {
  await local.openai('ada').conversations.create();
  const { id } = await local.rights().erase('ada', 'root');
  expect(await handlerOf('eraser')({ job: id })).toEqual({ job: id, actor: 'witness' });
  expect((await local.rights().find(id))?.step).toBe('canary');
  expect(await handlerOf('witness')({ job: id })).toEqual({ job: id, actor: 'eraser' });
  expect(await handlerOf('eraser')({ job: id })).toEqual({ job: id, actor: 'eraser', notBefore: expect.any(String) });
  expect((await local.rights().find(id))?.state).toBe('erased');
});

test('a thrown error has the name of its cause, but not its message, which could quote content', async () => {
  await local.openai('ada').conversations.create({ metadata: { topic: 'GEHEIM' } });
  const { id } = await local.rights().export('ada', 'root');
  await handlerOf('exporter')({ job: id });
  await handlerOf('eraser')({ job: id });
  const keyring = local.newKeyring();
  const decrypt = async () => {
    throw new SyntaxError('Unexpected token G in "GEHEIM"');
  };
  const rights = local.rights({
    keyring: {
      ensureKey: (user) => keyring.ensureKey(user),
      encrypt: (user, text) => keyring.encrypt(user, text),
      isErased: (user) => keyring.isErased(user),
      decrypt,
    },
  });
  const stopped = handlerOf('exporter', rights)({ job: id });
  await expect(stopped).rejects.toThrow(`exporter stopped at job ${id}: SyntaxError`);
  await expect(stopped).rejects.not.toHaveProperty('cause');
  expect(JSON.stringify(lines)).toContain('SyntaxError');
  expect(JSON.stringify(lines)).not.toContain('GEHEIM');
});

test('content that does not decrypt is counted for the alarm of the workspace, and nothing else is', async () => {
  await local.openai('ada').conversations.create({ items: [{ role: 'user', content: 'GEHEIM' }] });
  const { id } = await local.rights().export('ada', 'root');
  await handlerOf('exporter')({ job: id });
  await handlerOf('eraser')({ job: id });
  lines.length = 0;
  local.faults.choose((call) => (call === 'kms.Decrypt' ? 'before' : undefined));
  await expect(handlerOf('exporter')({ job: id })).rejects.toThrow();
  local.faults.none();
  expect(JSON.stringify(lines)).not.toContain('unreadable');
  const segments = (await local.backup('sciences')).filter(({ sk }) => sk?.S?.startsWith('segment#'));
  await local.restore(
    'sciences',
    segments.map((row) => ({ ...row, content: { B: Buffer.from('x') } })),
  );
  lines.length = 0;
  await expect(handlerOf('exporter')({ job: id })).rejects.toThrow('UnreadableMessage');
  expect(lines[0]).toMatchObject({
    _aws: { CloudWatchMetrics: [{ Dimensions: [['tenant']], Metrics: [{ Name: 'unreadable', Unit: 'Count' }] }] },
    tenant: 'sciences',
    unreadable: 1,
  });
  expect(lines).toHaveLength(2);
});

test('an error that stops a job permanently gives the reason', async () => {
  await local.restore('sciences', [{ pk: { S: 'user#ada' }, sk: { S: 'novelty#1' } }]);
  const { id } = await local.rights().export('ada', 'root');
  await handlerOf('exporter')({ job: id });
  await handlerOf('eraser')({ job: id });
  const stopped = handlerOf('exporter')({ job: id });
  await expect(stopped).rejects.toThrow("rows of the kind 'novelty' can't be exported yet");
  // The history of the execution shows this name.
  await expect(stopped).rejects.toMatchObject({ name: 'Stopped' });
});

test.each([{}, { job: 1 }, { job: '../x' }, { job: 'erase_1' }])('%j is refused as a job', async (event) => {
  await expect(handlerOf('eraser')(event)).rejects.toThrow("the event must name a 'job'");
});

test('a completed job has no next actor', async () => {
  const { id } = await local.rights().export('ada', 'root');
  await handlerOf('exporter')({ job: id });
  await handlerOf('eraser')({ job: id });
  await local.rights().runner.run(id);
  local.time += 8 * 86_400_000;
  await local.rights().runner.run(id);
  for (const actor of ['witness', 'eraser', 'exporter'] as const) {
    expect(await handlerOf(actor)({ job: id })).toEqual({ job: id });
  }
});

test('a table that keeps returning a replaced version of a job ends the run with an error, and not in a loop', async () => {
  await local.openai('ada').conversations.create();
  const { id } = await local.rights().erase('ada', 'root');
  let first: LocalResponse | undefined;
  local.faults.choose((call) => {
    if (call !== 'dynamodb.GetItem') return undefined;
    return async ({ body }, real) => {
      const answer = await real();
      if (!Buffer.from(body).includes(id)) return answer;
      first ??= answer;
      return first;
    };
  });
  await expect(local.rights().runner.run(id)).rejects.toThrow(
    `the table returns a version of job '${id}' that it has replaced`,
  );
  local.faults.none();
  expect((await local.rights().runner.run(id)).notBefore).toBeDefined();
});

test.each(['user', 'step', 'version', 'figures'])("nothing is done with a job whose row lacks '%s'", async (name) => {
  await local.openai('ada').conversations.create();
  const { id } = await local.rights().erase('ada', 'root');
  const rows = await local.backup('sciences');
  const [job] = rows.filter(({ sk }) => sk?.S === `job#${id}`);
  await local.restore('sciences', [Object.fromEntries(Object.entries(job ?? {}).filter(([key]) => key !== name))]);
  await expect(local.rights().runner.run(id)).rejects.toThrow(`a row of the kind 'job' lacks '${name}'`);
  expect(await local.rows('ada')).toEqual(rows.filter(({ pk }) => pk?.S === 'user#ada'));
});
