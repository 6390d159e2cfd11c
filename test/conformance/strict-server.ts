import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { documentFile, strictServerScript } from './peers';

/** OpenAI as its document describes it: it answers a request that the document doesn't allow with 400. */
export interface StrictServer {
  readonly url: string;
  stop(): void;
}

const START_TIMEOUT_MS = 30_000;
const RETRY_MS = 50;

/**
 * Starts the strict server on loopback. With port 0 it doesn't print the port that it chose, so this function chooses a free one.
 * Its ready message differs if `CI` is set, so it counts as ready once it answers.
 *
 * @throws Error with the server's output if it ends or doesn't answer within 30 s; it is then stopped
 */
export async function strictServer(): Promise<StrictServer> {
  const port = await freePort();
  const args = [strictServerScript(), '--port', `${port}`, '--host', '127.0.0.1', documentFile()];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`the strict server ended with ${child.exitCode}: ${output}`);
    if (Date.now() > deadline) {
      child.kill();
      throw new Error(`the strict server doesn't answer on port ${port} after ${START_TIMEOUT_MS / 1000} s: ${output}`);
    }
    await setTimeout(RETRY_MS);
  }
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() };
}

/** Whether a port of loopback accepts connections. */
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
