/** Aborts a call whose answer has come whole but is read only in part. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { LOOPBACK_RANGES } from '@/lib/boundary/address';
import { nodeTransport } from '@/lib/runtime/gateway/openai/transport';

const server = createServer((_, response) => response.end('x'.repeat(20_000)));

async function main(): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const leaving = new AbortController();
  const { body } = await nodeTransport()({
    url,
    headers: {},
    body: '{}',
    addresses: LOOPBACK_RANGES,
    signal: leaving.signal,
  });
  await body[Symbol.asyncIterator]().next();
  leaving.abort();
  await setImmediate();
  await setImmediate();
  process.stdout.write('still here\n');
  process.exit();
}

void main();
