import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ServedWorkspaces } from './support/served-workspaces';

// A machine may be busy with other tests.
jest.setTimeout(60_000);

const served = new ServedWorkspaces();
const model = 'assistant';
beforeAll(() => served.start());
afterAll(() => served.end());
const member = () => served.client('sciences', 'member');
const statusOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 200,
    (error) => error.status,
  );

/** The texts of a conversation, oldest first, and the number of their pages. */
async function textsOf(conversation: string) {
  const texts: string[] = [];
  let pages = 0;
  const list = await member().conversations.items.list(conversation, { order: 'asc', limit: 50 });
  for await (const page of list.iterPages()) {
    pages++;
    for (const item of page.data) {
      if (item.type === 'message') texts.push(item.content.map((part) => ('text' in part ? part.text : '')).join(''));
    }
  }
  return { texts, pages };
}

/** The member's export, which an administrator requests and the member downloads. */
async function exported(): Promise<string> {
  const { url, tokens } = served.of('sciences');
  const as = (token: string) => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });
  const begun = await fetch(`${url.replace(/\/v1$/, '')}/admin/v1/rights/exports`, {
    method: 'POST',
    headers: as(tokens.admin),
    body: JSON.stringify({ user: 'member' }),
  });
  const { id } = (await begun.json()) as { readonly id: string };
  return (await fetch(`${url}/exports/${id}`, { headers: as(tokens.member) })).text();
}

test('a conversation of 300 turns survives a restart, is listed in pages, exported and deleted', async () => {
  const { id: conversation } = await member().conversations.create({ metadata: { topic: 'long' } });
  const asked = (n: number) => `CANARY question ${n}`;
  for (let n = 0; n < 150; n++) await member().responses.create({ model, conversation, input: asked(n) });
  await served.restart();
  for (let n = 150; n < 299; n++) await member().responses.create({ model, conversation, input: asked(n) });
  const stream = member().responses.stream({ model, conversation, input: asked(299) });
  const last = await stream.finalResponse();

  const { texts, pages } = await textsOf(conversation);
  expect(texts).toHaveLength(600);
  expect(pages).toBe(12);
  expect(texts.filter((_, index) => index % 2 === 0)).toEqual(Array.from({ length: 300 }, (_, n) => asked(n)));
  expect(texts.at(-1)).toBe(last.output_text);
  expect(await member().get('/conversations')).toMatchObject({
    data: [{ id: conversation, metadata: { topic: 'long' } }],
  });

  // Other members of the same workspace, a member of another, an administrator and an auditor.
  expect(await statusOf(served.client('sciences', 'otherMember').conversations.retrieve(conversation))).toBe(404);
  expect(await statusOf(served.client('office', 'member').conversations.retrieve(conversation))).toBe(404);
  for (const role of ['admin', 'auditor'] as const) {
    expect(await statusOf(served.client('sciences', role).conversations.retrieve(conversation))).toBe(403);
  }
  for (const text of filesOf(served.data)) expect(text).not.toContain('CANARY');

  const archive = await exported();
  expect(Array.from({ length: 300 }, (_, n) => archive.includes(`"${asked(n)}"`))).not.toContain(false);
  // Each answer is in the conversation and in its response, and on the page of each.
  expect(archive.split('This is the echo')).toHaveLength(1_201);

  await member().conversations.delete(conversation);
  expect(await statusOf(member().conversations.retrieve(conversation))).toBe(404);
  expect(await statusOf(member().responses.retrieve(last.id))).toBe(404);
}, 180_000);

test('content that is too large for a row is still stored', async () => {
  const { id: conversation } = await member().conversations.create();
  const image = `data:image/png;base64,${Buffer.from('CANARY'.padEnd(600_000, '!')).toString('base64')}`;
  const picture = [{ type: 'input_image' as const, image_url: image, detail: 'auto' as const }];
  await member().conversations.items.create(conversation, { items: [{ role: 'user', content: picture }] });
  const { data } = await member().conversations.items.list(conversation);
  expect(data).toMatchObject([{ content: [{ image_url: image }] }]);
});

test('only the owner can read the stored files', () => {
  const files = readdirSync(served.data, { withFileTypes: true }).filter((file) => file.isFile());
  expect(files.map(({ name }) => name)).toContain('content.sqlite');
  for (const { name } of files) expect(statSync(path.join(served.data, name)).mode & 0o077).toBe(0);
});

/** All files in a folder. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'latin1'));

test('the configuration of a workspace limits the part of a conversation that a model is sent', async () => {
  const input = 'x'.repeat(6_000);
  const statusIn = async (workspace: string) => {
    const openai = served.client(workspace, 'member');
    const { id: conversation } = await openai.conversations.create();
    return statusOf(openai.responses.create({ model, input, conversation }));
  };
  expect([await statusIn('sciences'), await statusIn('office')]).toEqual([200, 400]);
});
