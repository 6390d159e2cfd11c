import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { documentFile, strictServerScript } from './peers';

/** OpenAI as its document describes it: a request that the document doesn't allow is a 400. */
export interface StrictServer {
  readonly url: string;
  stop(): void;
}

/** Starts the strict server on loopback. It says of no port 0 which one it took, so one that is free is chosen for it. */
export async function strictServer(): Promise<StrictServer> {
  const port = await freePort();
  const args = [strictServerScript(), '--port', `${port}`, '--host', '127.0.0.1', documentFile()];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('Ready to accept requests')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the strict server ended with ${code}: ${said}`)));
  });
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('a server on loopback has a port');
  return address.port;
}
