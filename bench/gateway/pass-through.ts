/**
 * The lower bound: the least that a gateway of this stack does. It is hono with the server adapter of `ours` and the AWS SDK's HTTP client, and
 * forwards each request and answer unread. It has no keys, limits, records and time-outs, parses nothing, and signs nothing, although
 * Bedrock would refuse a call without a signature. It prints its port.
 */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Hono } from 'hono';
import { listenOnLoopback } from '../../lib/local/loopback';

const { protocol, hostname, port } = new URL(process.env.UPSTREAM ?? '');
type Sent = Parameters<NodeHttpHandler['handle']>[0];
const upstream = new NodeHttpHandler({ httpAgent: { maxSockets: 256 } });
const app = new Hono();
app.post('/v1/chat/completions', async (c) => {
  const body = Buffer.from(await c.req.raw.arrayBuffer());
  const { response } = await upstream.handle({
    method: 'POST',
    protocol,
    hostname,
    port: Number(port),
    path: '/v1/chat/completions',
    query: {},
    headers: { 'content-type': 'application/json', 'content-length': `${body.length}` },
    body,
  } as unknown as Sent);
  return new Response(Readable.toWeb(response.body as IncomingMessage) as ReadableStream, {
    status: response.statusCode,
    headers: { 'content-type': response.headers['content-type'] ?? '' },
  });
});
void listenOnLoopback(new Map([['', (request: Request) => app.fetch(request)]]), 0).then(({ url }) => {
  console.log(new URL(url).port);
});

// Ends with the measuring process, however that ends.
process.once('disconnect', () => process.exit(0));
