import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import OpenAI, { toFile } from 'openai';
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
const data = mkdtempSync(path.join(tmpdir(), 'serve-files-'));
const model = 'assistant';
const purpose = 'user_data' as const;

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

test('files, ten mebibytes in parts, and a prompt of two versions outlive a restart and stay their member’s', async () => {
  const member = () => client('sciences', 'member');
  const text = Buffer.from('CANARY text of a file\n');
  const { id } = await member().files.create({
    file: await toFile(text, 'CANARY.txt', { type: 'text/plain' }),
    purpose,
  });
  const large = Buffer.concat([
    Buffer.from('CANARY'),
    Buffer.from(randomBytes(10 * 2 ** 20).toString('base64')),
  ]).subarray(0, 10 * 2 ** 20);
  const upload = await member().uploads.create({
    bytes: large.length,
    filename: 'CANARY.csv',
    mime_type: 'text/csv',
    purpose,
  });
  const part_ids: string[] = [];
  for (let at = 0; at < large.length; at += 4 * 2 ** 20) {
    const part = await toFile(large.subarray(at, at + 4 * 2 ** 20), 'blob');
    part_ids.push((await member().uploads.parts.create(upload.id, { data: part })).id);
  }
  const { file } = await member().uploads.complete(upload.id, { part_ids });
  const prompt = await member().post<{ id: string }>('/prompts', {
    body: { instructions: 'CANARY {{a}}', model, files: [id] },
  });
  await member().post(`/prompts/${prompt.id}/versions`, { body: { instructions: 'CANARY two', model } });

  await served.close();
  await start();

  const listed = await member().files.list({ order: 'asc' });
  expect(listed.data.map((one) => one.filename)).toEqual(['CANARY.txt', 'CANARY.csv']);
  const back = await (await member().files.content(file?.id ?? '')).arrayBuffer();
  expect(Buffer.from(back).equals(large)).toBe(true);
  const content = [
    { type: 'input_file' as const, file_id: id },
    { type: 'input_text' as const, text: 'What is it?' },
  ];
  await member().responses.create({ model, input: [{ role: 'user', content }] });
  const one = { id: prompt.id, version: '1', variables: { a: 'x' } };
  expect(await member().responses.create({ input: 'x', prompt: one })).toMatchObject({ instructions: 'CANARY x' });
  expect(await member().responses.create({ input: 'x', prompt: { id: prompt.id } })).toMatchObject({
    instructions: 'CANARY two',
  });

  const statuses = [
    client('sciences', 'otherMember'),
    client('office', 'member'),
    client('sciences', 'admin'),
    client('sciences', 'auditor'),
  ].map((other) =>
    other.files.content(id).then(
      () => 200,
      (error) => error.status,
    ),
  );
  expect(await Promise.all(statuses)).toEqual([404, 404, 403, 403]);
  const kept = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { name } of kept) expect(readFileSync(path.join(data, name), 'latin1')).not.toContain('CANARY');
  await member().files.delete(id);
  expect((await member().files.list()).data).toHaveLength(1);
}, 60_000);
