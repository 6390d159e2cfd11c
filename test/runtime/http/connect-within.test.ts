import { Agent, get } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { connectWithin } from '@/lib/runtime/http/connect-within';
import { listen, type Server } from '../gateway/support/serve';

let server: Server;
beforeAll(async () => {
  server = await listen((_, response) => response.end());
});
afterAll(() => server.close());

/** The status of an answer, or the code of the failure. */
const asked = (agent: Agent, url = server.url) =>
  new Promise<number | string | undefined>((resolve) => {
    get(url, { agent }, (response) => resolve(response.resume().statusCode)).once('error', (error) =>
      resolve((error as NodeJS.ErrnoException).code),
    );
  });

test('a connection that is never established fails', async () => {
  const agent = connectWithin(new Agent({ lookup: () => {} }), 20);
  expect(await asked(agent, 'http://never.internal')).toBe('ETIMEDOUT');
});

test('a connection that is established while the process is busy is used', async () => {
  // After this phase of the event loop come its timers, before it looks at connections.
  await setImmediate();
  const answer = asked(connectWithin(new Agent(), 20));
  const end = performance.now() + 100;
  while (performance.now() < end);
  expect(await answer).toBe(200);
});

test('the time of a request that reuses a connection is not limited', async () => {
  const slow = await listen((_, response) => void setTimeout(() => response.end(), 60));
  const agent = connectWithin(new Agent({ keepAlive: true }), 20);
  expect([await asked(agent, slow.url), await asked(agent, slow.url)]).toEqual([200, 200]);
  agent.destroy();
  await slow.close();
});
