import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { documentFile, strictServerScript } from './peers';

/** OpenAI as its document describes it: a request that the document doesn't allow is a 400. */
export interface StrictServer {
  readonly url: string;
  stop(): void;
}

const STARTS_WITHIN_MS = 30_000;
const ASKED_AGAIN_MS = 50;

/**
 * Starts the strict server on loopback. It says of no port 0 which one it took, so one that is free is chosen for it; and what it
 * prints when it is ready differs where `CI` is set, so it is ready once it answers.
 *
 * @throws Error where it ends, or doesn't answer within 30 s, with what it printed; it runs no longer then
 */
export async function strictServer(): Promise<StrictServer> {
  const port = await freePort();
  const args = [strictServerScript(), '--port', `${port}`, '--host', '127.0.0.1', documentFile()];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const until = Date.now() + STARTS_WITHIN_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`the strict server ended with ${child.exitCode}: ${said}`);
    if (Date.now() > until) {
      child.kill();
      throw new Error(`the strict server doesn't answer on port ${port} after ${STARTS_WITHIN_MS / 1000} s: ${said}`);
    }
    await setTimeout(ASKED_AGAIN_MS);
  }
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() };
}

/** Whether something takes connections on a port of loopback. */
async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('a server on loopback has a port');
  return address.port;
}
