import { execFile } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';

/** Sends a ClientHello and nothing else: the server never answers. */
const CLIENT = `
const [port, servername, ecdhCurve] = process.argv.slice(1);
const options = { port: Number(port), host: '127.0.0.1', servername, rejectUnauthorized: false };
const socket = require('node:tls').connect(ecdhCurve ? { ...options, ecdhCurve } : options);
socket.on('error', () => {});
setTimeout(() => socket.destroy(), 1_000);
`;

/**
 * The ClientHello of the latest Node 24, whose version the deployed functions have.
 *
 * @param ecdhCurve the option of that name; Node's default without it
 */
export async function nodeHello(servername: string, ecdhCurve?: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    await node24('-e', CLIENT, String(port), servername, ecdhCurve ?? '');
  } finally {
    server.close();
  }
  return Buffer.concat(chunks);
}

/** The version of Node 24 that npm offers; none if it can't be installed. */
export const node24Version = (): Promise<string | undefined> =>
  node24('--version').then(
    (version) => (version.startsWith('v24.') ? version.trim() : undefined),
    () => undefined,
  );

/** The program itself, for a place without npm. */
export const node24Path = async (): Promise<string> => (await node24('-p', 'process.execPath')).trim();

function node24(...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const all = ['-y', '-p', 'node@24', 'node', ...args];
    execFile('npx', all, { timeout: 240_000 }, (error, stdout) => (error === null ? resolve(stdout) : reject(error)));
  });
}
