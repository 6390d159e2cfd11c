import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import OpenAI, { toFile } from 'openai';
import { readConfig } from '@/lib/config/load';
import { type Served, serve } from '@/lib/local/serve';

jest.setTimeout(60_000);

const FILE = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models: [{ id: assistant, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
workspaces: [{ id: sciences, edition: edu, retention: 365d, models: [assistant], background: {} }]
`;

const model = 'assistant';
const data = mkdtempSync(path.join(tmpdir(), 'background-'));
let served: Served;

async function start(): Promise<OpenAI> {
  const { boundary, deployment } = readConfig(FILE, 'residency.yaml');
  if (deployment === undefined) throw new Error('no deployment');
  served = await serve({ deployment, boundary, port: 0, data, upstream: 'echo', environment: {}, record: () => {} });
  const [{ url, tokens } = { url: '', tokens: { member: '' } }] = served.workspaces;
  return new OpenAI({ baseURL: url, apiKey: tokens.member, maxRetries: 0 });
}

async function until<T extends { status?: string }>(read: () => Promise<T>, status: string): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await read();
    if (found.status === status) return found;
    await pause(100);
  }
  throw new Error(`it never was ${status}`);
}

afterAll(() => rmSync(data, { recursive: true }));

test("OpenAI's client reads background responses and batches, which a later process goes on with", async () => {
  const before = await start();
  const { id } = await before.responses.create({ model, input: 'Guten Tag', background: true });
  await served.close();
  const openai = await start();
  try {
    const response = await until(() => openai.responses.retrieve(id), 'completed');
    expect(response.output_text).toContain('Guten Tag');
    const body = { model, input: 'Guten Abend' };
    const line = JSON.stringify({ custom_id: 'a', method: 'POST', url: '/v1/responses', body });
    const file = await toFile(Buffer.from(line), 'in.jsonl');
    const { id: input_file_id } = await openai.files.create({ file, purpose: 'batch' });
    const batch = await openai.batches.create({ input_file_id, endpoint: '/v1/responses', completion_window: '24h' });
    const { output_file_id } = await until(() => openai.batches.retrieve(batch.id), 'completed');
    expect(await (await openai.files.content(output_file_id ?? '')).text()).toContain('Guten Abend');
    expect(await openai.responses.inputTokens.count(body)).toMatchObject({ object: 'response.input_tokens' });
  } finally {
    await served.close();
  }
});
