import { LocalContent } from './support/local-content';

const model = 'assistant';
const DAY = 86_400_000;

let local: LocalContent;
beforeEach(() => {
  local = new LocalContent();
});
afterEach(() => local.close());

const statusOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 200,
    (error) => error.status,
  );

test('the stores contain no plaintext of a member', async () => {
  const openai = local.openai();
  const canary = (name: string) => `CANARY-${name}`;
  const { id } = await openai.conversations.create({
    metadata: { [canary('LABEL')]: canary('VALUE') },
    items: [{ role: 'developer', content: canary('DEVELOPER') }],
  });
  const tools = [{ type: 'function' as const, name: 'CANARY-TOOL', parameters: { type: 'object' }, strict: false }];
  await openai.responses.create({
    model,
    input: `${canary('ASKED')} CANARY-TOOL`,
    instructions: canary('INSTRUCTIONS'),
    conversation: id,
    tools,
    metadata: { a: canary('METADATA') },
  });
  const { id: previous_response_id } = await openai.responses.create({ model, input: canary('FIRST') });
  expect(await local.objects()).toBe(0);
  const image = `data:image/png;base64,${Buffer.from(canary('IMAGE').padEnd(400_000, '!')).toString('base64')}`;
  const pictured = [
    { role: 'user' as const, content: [{ type: 'input_image' as const, image_url: image, detail: 'auto' as const }] },
  ];
  await openai.responses.create({ model, input: pictured, previous_response_id });
  expect(await local.objects()).toBeGreaterThan(0);
  expect(local.bytes()).toContain(id);
  for (const found of [
    'CANARY',
    'assistant',
    'developer',
    'input_text',
    Buffer.from('CANARY').toString('base64').slice(0, 7),
  ]) {
    expect(local.bytes()).not.toContain(found);
  }
});

test('the plaintext of a row is ids, times, sizes and sequence numbers', async () => {
  const openai = local.openai();
  const { id } = await openai.conversations.create({ metadata: { a: 'b' } });
  const { id: response } = await openai.responses.create({ model, input: 'one', conversation: id });
  await openai.responses.create({ model, input: 'two', previous_response_id: response });
  const names = new Set((await local.rows()).flatMap((row) => Object.keys(row)));
  expect([...names].sort()).toEqual([
    'bytes',
    'content',
    'createdAt',
    'first',
    'items',
    'last',
    'line',
    'next',
    'parentLine',
    'parentThrough',
    'pk',
    'response',
    'sk',
    'tail',
    'tailBytes',
    'tailSince',
    'tokens',
    'updatedAt',
    'version',
  ]);
});

test('content expires by its own age, and is hidden before the table deletes it', async () => {
  const openai = local.openai('ada', local.gateway({ retentionDays: 30 }));
  const { id } = await openai.conversations.create();
  const { id: response } = await openai.responses.create({ model, input: 'old', conversation: id });
  for (const { expiresAt } of await local.rows()) expect(expiresAt?.N).toBe(`${(local.time + 30 * DAY) / 1_000}`);
  local.time += 20 * DAY;
  await openai.responses.create({ model, input: 'new', conversation: id });
  local.time += 11 * DAY;
  const { data } = await openai.conversations.items.list(id, { order: 'asc' });
  expect(data).toMatchObject([{ content: [{ text: 'new' }] }, { role: 'assistant' }]);
  expect(await statusOf(openai.responses.retrieve(response))).toBe(404);
  local.time += 20 * DAY;
  expect(await statusOf(openai.conversations.retrieve(id))).toBe(404);
  expect(await statusOf(openai.responses.create({ model, input: 'late', conversation: id }))).toBe(404);
  expect(await openai.get('/conversations')).toMatchObject({ data: [] });
});

test('a segment grows for at most a day, so that its newest item does not extend its oldest', async () => {
  const openai = local.openai('ada', local.gateway({ retentionDays: 30 }));
  const { id } = await openai.conversations.create();
  for (let hour = 0; hour < 48; hour += 6) {
    await openai.conversations.items.create(id, { items: [{ role: 'user', content: `${hour}` }] });
    local.time += DAY / 4;
  }
  const segments = (await local.rows()).filter(({ sk }) => sk?.S?.startsWith('segment#'));
  expect(segments.map(({ items }) => items?.N)).toEqual(['4', '4']);

  // The first item of the newer segment is found there, and not looked for in the older one.
  const listed = async () => (await openai.conversations.items.list(id, { order: 'asc' })).data;
  const texts = (items: unknown) =>
    (JSON.stringify(items).match(/"text":"\d+"/g) ?? []).join().replaceAll(/[^\d,]/g, '');
  const items = await listed();
  expect(texts(items)).toBe('0,6,12,18,24,30,36,42');
  const after = await openai.conversations.items.list(id, { order: 'asc', after: items[4]?.id });
  expect(texts(after.data)).toBe('30,36,42');
  await openai.conversations.items.delete(items[4]?.id ?? '', { conversation_id: id });
  expect(texts(await listed())).toBe('0,6,12,18,30,36,42');

  // An item expires although newer ones of its segment do not.
  local.time += 28 * DAY + DAY / 3;
  expect(texts(await listed())).toBe('12,18,30,36,42');
});

test('content without a retention period has no expiry', async () => {
  const openai = local.openai();
  const { id } = await openai.conversations.create();
  await openai.responses.create({ model, input: 'x', conversation: id });
  for (const row of await local.rows()) expect(row).not.toHaveProperty('expiresAt');
});
