import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildSync } from 'esbuild';

const ROOT = path.join(__dirname, '../..');

/** Connects as the egress function does; dialling the provider's address leads to the test. */
const CLIENT = `
const [file, port, host] = process.argv.slice(1);
const { connector } = require(file);
const network = {
  resolve: async () => ['162.159.140.245'],
  dial: () => require('node:net').connect({ host: '127.0.0.1', port: Number(port) }),
  authorities: require('node:tls').rootCertificates,
};
connector(network)(host, new AbortController().signal).catch(() => {});
`;

/**
 * The first bytes that the egress function's own code sends to a host.
 *
 * @param node the program
 */
export async function egressHello(node: string, host: string): Promise<Buffer> {
  const outfile = path.join(ROOT, `.local/egress-hello-${process.pid}.cjs`);
  const entryPoints = [path.join(ROOT, 'lib/runtime/egress/connect.ts')];
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  const chunks: Buffer[] = [];
  const server = createServer((socket) => {
    socket
      .on('error', () => undefined)
      .on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        // What follows at once is still received.
        setImmediate(() => socket.destroy());
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await promisify(execFile)(node, ['-e', CLIENT, outfile, `${(server.address() as AddressInfo).port}`, host]);
  } finally {
    server.close();
    rmSync(outfile);
  }
  return Buffer.concat(chunks);
}
