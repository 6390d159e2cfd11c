import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import OpenAI from 'openai';
import { readConfig } from '../../../lib/config/load';
import type { WorkspaceRole } from '../../../lib/runtime/local/local-issuer';
import { type Served, serve } from '../../../lib/runtime/local/serve';

const { boundary, deployment } = readConfig(
  `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models:
  - id: assistant
    destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-5-20250929-v1:0 }]
workspaces:
  - { id: sciences, edition: edu, retention: 365d, models: [assistant] }
  - { id: office, edition: enterprise, retention: 30d, models: [assistant] }
`,
  'residency.yaml',
);
const data = mkdtempSync(path.join(tmpdir(), 'serve-content-'));
const model = 'assistant';

let served: Served;
const start = async () => {
  if (deployment === undefined) throw new Error('no deployment');
  const options = { deployment, boundary, port: 0, data, upstream: 'echo', environment: {}, record: () => {} } as const;
  served = await serve(options);
};
beforeAll(start);
afterAll(async () => {
  await served.close();
  rmSync(data, { recursive: true });
});

function client(workspace: string, role: WorkspaceRole): OpenAI {
  const found = served.workspaces.find(({ id }) => id === workspace);
  return new OpenAI({ baseURL: found?.url, apiKey: found?.tokens[role], maxRetries: 0 });
}
const member = () => client('sciences', 'member');
const statusOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 200,
    (error) => error.status,
  );

/** The texts of a conversation, oldest first, and how many pages they came in. */
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

test('a conversation of 300 turns outlives a restart, is listed in pages and deleted', async () => {
  const { id: conversation } = await member().conversations.create({ metadata: { topic: 'long' } });
  const asked = (n: number) => `CANARY question ${n}`;
  for (let n = 0; n < 150; n++) await member().responses.create({ model, conversation, input: asked(n) });
  await served.close();
  await start();
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

  // Strangers of the same workspace, of another, and who administers or audits.
  expect(await statusOf(client('sciences', 'otherMember').conversations.retrieve(conversation))).toBe(404);
  expect(await statusOf(client('office', 'member').conversations.retrieve(conversation))).toBe(404);
  for (const role of ['admin', 'auditor'] as const) {
    expect(await statusOf(client('sciences', role).conversations.retrieve(conversation))).toBe(403);
  }
  for (const text of filesOf(data)) expect(text).not.toContain('CANARY');

  await member().conversations.delete(conversation);
  expect(await statusOf(member().conversations.retrieve(conversation))).toBe(404);
  expect(await statusOf(member().responses.retrieve(last.id))).toBe(404);
}, 180_000);

test('what is too large for a row is stored all the same', async () => {
  const { id: conversation } = await member().conversations.create();
  const image = `data:image/png;base64,${Buffer.from('CANARY'.padEnd(600_000, '!')).toString('base64')}`;
  const picture = [{ type: 'input_image' as const, image_url: image, detail: 'auto' as const }];
  await member().conversations.items.create(conversation, { items: [{ role: 'user', content: picture }] });
  const { data } = await member().conversations.items.list(conversation);
  expect(data).toMatchObject([{ content: [{ image_url: image }] }]);
});

test('only the owner reads what is stored', () => {
  const files = readdirSync(data, { withFileTypes: true }).filter((file) => file.isFile());
  expect(files.map(({ name }) => name)).toContain('content.sqlite');
  for (const { name } of files) expect(statSync(path.join(data, name)).mode & 0o077).toBe(0);
});

/** Everything that is in a folder. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'latin1'));
