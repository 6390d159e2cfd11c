import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Client, Reported, Tenant } from './client';
import type { Access } from './gateway';
import type { Installed } from './install';

const TIMEOUT_MS = 180_000;

/** Runs a client's script with nothing of this process's environment, and reads the lines that report an operation. */
export function runScript(
  { script, lock }: Client,
  tenant: Tenant,
  { url, key }: Access,
  { node, scripts, python }: Installed,
  home: string,
): Promise<{ reported: Reported[]; output: string }> {
  const command = lock === undefined ? node : python[lock];
  const folder = lock === undefined ? scripts : path.join(__dirname, 'python');
  const child = spawn(command, [path.join(folder, script)], {
    cwd: home,
    timeout: TIMEOUT_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: home,
      GATEWAY_URL: url,
      GATEWAY_KEY: key,
      GATEWAY_TENANT: tenant,
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      const lines = output.split('\n').filter((line) => line.startsWith('row '));
      resolve({ reported: lines.map((line) => JSON.parse(line.slice('row '.length))), output });
    });
  });
}
