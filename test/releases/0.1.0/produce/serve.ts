// Writes `serve`: a data folder of `eu-residency serve`, and what its clients received.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { readConfig } from '../../../../lib/config/load';
import { serve } from '../../../../lib/runtime/local/serve';
import { SAMPLES, sample } from '../../../runtime/workspace/files/support/samples';

const TO = path.join(__dirname, '../serve');
/** Nothing of it expires. */
const CONFIG = `boundary: eu
name: served
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models:
  - id: assistant
    destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-5-20250929-v1:0 }]
workspaces:
  - { id: sciences, edition: edu, retention: until-deleted, models: [assistant] }
projects:
  - { id: helpdesk-bot, models: [assistant] }
`;

async function main() {
  rmSync(TO, { recursive: true, force: true });
  mkdirSync(TO, { recursive: true });
  const { boundary, deployment } = readConfig(CONFIG, 'residency.yaml');
  if (deployment === undefined) throw new Error('no deployment');
  const data = mkdtempSync(path.join(tmpdir(), 'served-'));
  const served = await serve({
    deployment,
    boundary,
    port: 0,
    data,
    upstream: 'echo',
    environment: {},
    record: () => {},
  });
  const [workspace] = served.workspaces;
  const [project] = served.projects;
  if (workspace === undefined || project === undefined) throw new Error('nothing is served');
  const root = workspace.url.replace(/\/v1$/, '');
  const ask = async (role: keyof typeof workspace.tokens, method: string, to: string, body?: object | FormData) => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${root}${to}`, {
      method,
      headers: {
        authorization: `Bearer ${workspace.tokens[role]}`,
        ...(body && !isForm && { 'content-type': 'application/json' }),
      },
      body: isForm ? body : body && JSON.stringify(body),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    const digest = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    return { status: response.status, answer: isJson ? JSON.parse(bytes.toString()) : digest };
  };
  const model = 'assistant';
  const { answer: conversation } = await ask('member', 'POST', '/v1/conversations', { metadata: { topic: 'served' } });
  for (const input of ['One', 'Two'])
    await ask('member', 'POST', '/v1/responses', { model, conversation: conversation.id, input });
  const form = new FormData();
  form.append('file', sample('txt', 'note.txt'));
  form.append('purpose', 'user_data');
  const { answer: file } = await ask('member', 'POST', '/v1/files', form);
  const { answer: prompt } = await ask('member', 'POST', '/v1/prompts', {
    name: 'Tutor',
    instructions: 'Explain {{topic}}.',
  });
  await ask('otherMember', 'POST', '/v1/conversations', { items: [{ role: 'user', content: 'To be erased' }] });
  await ask('admin', 'POST', '/admin/v1/rights/erasures', { user: 'otherMember' });
  await fetch(`${project.url}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${project.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
  });
  const requests = [];
  for (const [as, to] of [
    ['member', '/v1/conversations'],
    ['member', `/v1/conversations/${conversation.id}/items?order=asc`],
    ['member', `/v1/files/${file.id}`],
    ['member', `/v1/files/${file.id}/content`],
    ['member', `/v1/prompts/${prompt.id}`],
    ['otherMember', '/v1/conversations'],
  ] as const) {
    const { status, answer } = await ask(as, 'GET', to);
    requests.push({ as, path: to, status, body: answer });
  }
  await served.close();
  for (const name of ['serve.sqlite', 'content.sqlite']) {
    writeFileSync(path.join(TO, `${name}.br`), brotliCompressSync(readFileSync(path.join(data, name))));
  }
  rmSync(data, { recursive: true });
  writeFileSync(path.join(TO, 'residency.yaml'), CONFIG);
  const received = { projectKey: project.key, file: SAMPLES.txt.toString(), requests };
  writeFileSync(path.join(TO, 'received.json'), `${JSON.stringify(received, undefined, 1)}\n`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
