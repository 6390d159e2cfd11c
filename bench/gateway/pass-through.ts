/** The minimum that a gateway on this stack does: hono, which forwards each request. It prints its port. */
import { Hono } from 'hono';
import { listenOnLoopback } from '../../lib/local/loopback';

const UPSTREAM = process.env.UPSTREAM ?? '';
const app = new Hono();
app.post('/v1/chat/completions', async (c) => {
  const answer = await fetch(`${UPSTREAM}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: await c.req.text(),
  });
  return new Response(answer.body, {
    status: answer.status,
    headers: { 'content-type': answer.headers.get('content-type') ?? '' },
  });
});
void listenOnLoopback(new Map([['', (request: Request) => app.fetch(request)]]), 0).then(({ url }) => {
  console.log(new URL(url).port);
});

// Ends with the measuring process, however that ends.
process.once('disconnect', () => process.exit(0));
