import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Tenant } from './client';

const ROOT = path.join(__dirname, '../..');

/** Models under names of this deployment, and under names by which clients decide what they send. */
const CHATS = ['assistant', 'gpt-5.2', 'claude-sonnet-4-5'];
const OTHERS = ['claude-sonnet-5', 'reasoner', 'embed', 'embed-cohere'];
const CONFIG = `boundary: eu
name: clients
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
models:
${CHATS.map((id) => `  - { id: ${id}, destinations: [{ bedrock: eu.anthropic.claude-sonnet-4-5-20250929-v1:0 }] }`).join('\n')}
  - { id: claude-sonnet-5, destinations: [{ bedrock: eu.anthropic.claude-sonnet-5 }] }
  - { id: reasoner, destinations: [{ bedrock: openai.gpt-oss-120b-1:0 }] }
  - { id: embed, destinations: [{ bedrock: amazon.titan-embed-text-v2:0 }] }
  - { id: embed-cohere, destinations: [{ bedrock: cohere.embed-multilingual-v3 }] }
projects:
  - { id: api, models: [${[...CHATS, ...OTHERS].join(', ')}] }
workspaces:
  - { id: team, edition: enterprise, retention: 30d, models: [${[...CHATS, ...OTHERS].join(', ')}], background: {} }
`;

/** How a tenant's API is called. */
export interface Access {
  readonly url: string;
  readonly key: string;
}

export interface Gateway {
  readonly access: Readonly<Record<Tenant, Access>>;
  stop(): Promise<void>;
}

/** Starts `eu-residency serve` as its users do, with a Bedrock on loopback. Its records go to `serve.log` in the folder. */
export function startGateway(folder: string, bedrock: string): Promise<Gateway> {
  const config = path.join(folder, 'residency.yaml');
  writeFileSync(config, CONFIG);
  const flags = ['--config', config, '--data', path.join(folder, 'data'), '--port', '0', '--upstream', 'aws'];
  const command = ['--import', 'tsx', path.join(ROOT, 'bin/eu-residency.ts'), 'serve', ...flags, '--format', 'json'];
  const child = spawn(process.execPath, command, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', openSync(path.join(folder, 'serve.log'), 'w')],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      NODE_NO_WARNINGS: '1',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: bedrock,
      AWS_ACCESS_KEY_ID: 'AKIDTEST',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`serve ended with code ${code}; its output is in ${folder}`)));
    child.stdout?.once('data', (line) => {
      const { projects, workspaces } = JSON.parse(line);
      const [{ url, key }] = projects;
      const [{ url: team, tokens }] = workspaces;
      resolve({
        access: { project: { url, key }, workspace: { url: team, key: tokens.member } },
        stop: () => stop(child),
      });
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
