import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { toFile } from 'openai';
import { ServedWorkspaces } from './support/served-workspaces';

// A machine may be busy with other tests.
jest.setTimeout(60_000);

const served = new ServedWorkspaces();
const model = 'assistant';
const purpose = 'user_data' as const;
beforeAll(() => served.start());
afterAll(() => served.end());

test('files, a multipart upload of 10 MiB, and a prompt with two versions survive a restart and stay private to their member', async () => {
  const member = () => served.client('sciences', 'member');
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

  await served.restart();

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
    served.client('sciences', 'otherMember'),
    served.client('office', 'member'),
    served.client('sciences', 'admin'),
    served.client('sciences', 'auditor'),
  ].map((other) =>
    other.files.content(id).then(
      () => 200,
      (error) => error.status,
    ),
  );
  expect(await Promise.all(statuses)).toEqual([404, 404, 403, 403]);
  const kept = readdirSync(served.data, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { name } of kept) expect(readFileSync(path.join(served.data, name), 'latin1')).not.toContain('CANARY');
  await member().files.delete(id);
  expect((await member().files.list()).data).toHaveLength(1);
}, 60_000);
