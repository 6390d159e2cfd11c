import { LocalContent } from './support/local-content';

let local: LocalContent;
beforeAll(() => {
  local = new LocalContent();
});
afterAll(() => local.close());

const model = 'assistant';

type Ids = { conversation: string; item: string; response: string };

/** A member's content: a conversation with an item and a response. */
async function belongings(member: string): Promise<Ids> {
  const openai = local.openai(member);
  const { id: conversation } = await openai.conversations.create({ metadata: { owner: member } });
  const { id: response, output } = await openai.responses.create({ model, input: `of ${member}`, conversation });
  return { conversation, response, item: output[0]?.id ?? '' };
}

const UNKNOWN: Ids = {
  conversation: `conv_${'0'.repeat(44)}`,
  item: `msg_${'0'.repeat(36)}`,
  response: `resp_${'0'.repeat(32)}`,
};

const ATTACKS: Record<string, (ids: Ids, own: Ids) => [method: string, path: string, body?: object]> = {
  'reads a conversation': ({ conversation }) => ['GET', `conversations/${conversation}`],
  'changes its labels': ({ conversation }) => ['POST', `conversations/${conversation}`, { metadata: { a: 'b' } }],
  'deletes it': ({ conversation }) => ['DELETE', `conversations/${conversation}`],
  'lists its items': ({ conversation }) => ['GET', `conversations/${conversation}/items`],
  'lists them from an item on': ({ conversation, item }) => [
    'GET',
    `conversations/${conversation}/items?after=${item}`,
  ],
  'adds items': ({ conversation }) => [
    'POST',
    `conversations/${conversation}/items`,
    { items: [{ role: 'user', content: 'x' }] },
  ],
  'reads an item': ({ conversation, item }) => ['GET', `conversations/${conversation}/items/${item}`],
  'deletes an item': ({ conversation, item }) => ['DELETE', `conversations/${conversation}/items/${item}`],
  'reads an item by a conversation of its own': ({ item }, own) => [
    'GET',
    `conversations/${own.conversation}/items/${item}`,
  ],
  'deletes an item by a conversation of its own': ({ item }, own) => [
    'DELETE',
    `conversations/${own.conversation}/items/${item}`,
  ],
  'lists its own from a foreign item on': ({ item }, own) => [
    'GET',
    `conversations/${own.conversation}/items?after=${item}`,
  ],
  'reads a response': ({ response }) => ['GET', `responses/${response}`],
  'deletes a response': ({ response }) => ['DELETE', `responses/${response}`],
  'lists what was asked': ({ response }) => ['GET', `responses/${response}/input_items`],
  'continues a response': ({ response }) => [
    'POST',
    'responses',
    { model, input: 'x', previous_response_id: response },
  ],
  'continues a response without storing': ({ response }) => [
    'POST',
    'responses',
    { model, input: 'x', previous_response_id: response, store: false },
  ],
  'responds in a conversation': ({ conversation }) => ['POST', 'responses', { model, input: 'x', conversation }],
  'responds in a conversation as an object': ({ conversation }) => [
    'POST',
    'responses',
    { model, input: 'x', conversation: { id: conversation } },
  ],
  'climbs out of its partition': ({ conversation }) => ['GET', `conversations/..%2F..%2Fuser%23ada%2F${conversation}`],
  'gives a prefix': ({ conversation }) => ['GET', `conversations/${conversation.slice(0, 20)}`],
  'gives the id in capitals': ({ conversation }) => ['GET', `conversations/${conversation.toUpperCase()}`],
  'gives a conversation as a response': ({ conversation }) => ['GET', `responses/${conversation}`],
  'gives a response as a conversation': ({ response }) => ['GET', `conversations/${response}`],
};

let ada: Ids;
let eve: Ids;
beforeAll(async () => {
  ada = await belongings('ada');
  eve = await belongings('eve');
  // The first read of a process requests the member's key.
  await local.openai('eve').conversations.retrieve(eve.conversation);
});

async function answerTo([method, path, body]: [string, string, object?]) {
  const response = await local.gateway().fetch(
    new Request(`https://gateway.test/v1/${path}`, {
      method,
      headers: { authorization: 'Bearer eve', 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    }),
  );
  const { 'x-request-id': _, ...headers } = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await response.text() };
}

test.each(Object.entries(ATTACKS))(
  'a member who %s of another is answered as if it did not exist',
  async (_, attack) => {
    const before = await local.rows('ada');
    local.faults.none();
    const foreign = await answerTo(attack(ada, eve));
    const calls = [...local.faults.calls];
    local.faults.none();
    const unknown = await answerTo(attack(UNKNOWN, eve));
    expect(foreign.status).toBe(404);
    expect(foreign).toEqual(unknown);
    // The calls to the store are the same, so the response time reveals nothing either.
    if (!/climbs|prefix|capitals/.test(_)) expect(calls).toEqual(local.faults.calls);
    expect(foreign.body).not.toMatch(/ada|conv_|resp_|msg_/);
    expect(await local.rows('ada')).toEqual(before);
  },
);

test('each member lists only their own conversations', async () => {
  for (const member of ['ada', 'eve']) {
    const { data } = (await local.openai(member).get('/conversations')) as { data: { metadata: { owner: string } }[] };
    expect(data.map(({ metadata }) => metadata.owner)).toEqual([member]);
  }
});

test('a row that is moved to another key is not read', async () => {
  const { conversation } = await belongings('ida');
  const { openai, moved } = await local.withMovedRow('ida', conversation);
  await expect(openai.conversations.items.list(moved)).rejects.toMatchObject({
    status: 500,
    code: 'content_unreadable',
  });
});
