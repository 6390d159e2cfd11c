import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { folder } from '../cli/support';
import { allOf } from '../runtime/gateway/support/read-sse';
import { builtCommand } from '../support/built-command';
import { SlowUpstream } from './support/slow-upstream';

const STREAMS = 1_000;
const upstream = new SlowUpstream({ together: STREAMS, pieces: 10, pauseMs: 300 });
const MOST_MB = 600;

let gateway: ChildProcess;
let served: { projects: { url: string; key: string }[]; workspaces: { url: string; tokens: { member: string } }[] };
beforeAll(async () => {
  await upstream.start();
  const file = `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
models:
  - { id: bedrock, destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-6 }] }
  - { id: completions, destinations: [{ bedrock: openai.gpt-oss-120b-1:0, api: chat-completions }] }
  - { id: server, destinations: [{ server: '${upstream.url}/v1', model: fake }] }
projects: [{ id: helpdesk-bot, models: [bedrock, server] }]
workspaces: [{ id: sciences, edition: edu, retention: 365d, models: [completions] }]
`;
  const config = path.join(folder({ 'residency.yaml': file }), 'residency.yaml');
  const command = [builtCommand(folder()), 'serve', '--upstream', 'aws', '--format', 'json', '--port', '0'];
  gateway = spawn(process.execPath, [...command, '--config', config, '--data', folder()], {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: upstream.url,
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(gateway.stdout ?? gateway, 'data');
  served = JSON.parse(String(line));
}, 60_000);
afterAll(async () => {
  gateway.kill();
  await upstream.stop();
});

/** The most memory that the gateway has had, in MB. */
const peak = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${gateway.pid}/status`, 'utf8'))?.[1]) / 1_024;

/** The pieces of text of a stream, and its last event. */
async function read(route: string, model: string): Promise<{ text: string; last: unknown }> {
  const [project] = served.projects;
  const [workspace] = served.workspaces;
  // By the package's facts, Chat Completions serve no project.
  const [url, key] =
    model === 'completions' ? [workspace?.url, workspace?.tokens.member] : [project?.url, project?.key];
  const response = await fetch(`${url}/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ model, stream: true, ...INPUTS[route] }),
  });
  if (!response.ok) throw new Error(await response.text());
  const events = (await allOf(response)).filter(({ data }) => data !== undefined);
  const text = events
    .map(({ data }) => data.choices?.[0]?.delta.content ?? data.delta?.text ?? textOf(data.delta))
    .join('');
  const last = events.at(-1);
  return { text, last: last?.event ?? last?.data };
}

const INPUTS: Readonly<Record<string, object>> = {
  'chat/completions': { messages: [{ role: 'user', content: 'hello' }] },
  responses: { input: 'hello' },
  messages: { messages: [{ role: 'user', content: 'hello' }], max_tokens: 100 },
};

/** The delta of a response is a text, and that of a message may be anything. */
const textOf = (delta: unknown): string => (typeof delta === 'string' ? delta : '');

test.each([
  ['chat/completions', 'bedrock', '[DONE]'],
  ['responses', 'bedrock', 'response.completed'],
  ['messages', 'bedrock', 'message_stop'],
  ['chat/completions', 'completions', '[DONE]'],
  ['chat/completions', 'server', '[DONE]'],
  ['responses', 'server', 'response.completed'],
])(
  'a thousand streams of %s by %s at once lose no event',
  async (route, model, last) => {
    const answers = await Promise.all(Array.from({ length: STREAMS }, () => read(route, model)));
    const distinct = new Set(answers.map((answer) => JSON.stringify(answer)));
    expect([...distinct]).toEqual([JSON.stringify({ text: upstream.text, last })]);
    process.stdout.write(`${route} by ${model}: ${peak().toFixed(0)} MB at most\n`);
    expect(peak()).toBeLessThan(MOST_MB);
  },
  240_000,
);
