/** The least that a gateway of this stack does: hono, which sends on what it is sent. It prints its port. */
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

// Nothing is left behind when the measuring process ends in whatever way.
process.once('disconnect', () => process.exit(0));
