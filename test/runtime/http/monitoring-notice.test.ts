import { Hono } from 'hono';
import { crossOrigin } from '@/lib/runtime/http/handler/cross-origin';
import { monitoringNotice } from '@/lib/runtime/http/handler/monitoring-notice';
import type { RequestEnv } from '@/lib/runtime/http/handler/request-env';

const PER_MEMBER = { reason: 'agreed', approver: 'Ada', until: '2027-01-31' };
const HEADER = 'x-residency-monitoring';

async function answerAt(time: string, path = '/models') {
  const app = new Hono<RequestEnv>();
  app.use(async (c, next) => {
    c.set('time', new Date(time));
    await next();
  });
  app.use(crossOrigin(['https://chat.example.eu']));
  app.use(monitoringNotice(PER_MEMBER));
  app.get('/models', (c) => c.text('answered'));
  return app.request(path, { headers: { origin: 'https://chat.example.eu' } });
}

test.each(['/models', '/nothing'])(
  'every answer says until when auditors see the use of single members: %s',
  async (path) => {
    const { headers } = await answerAt('2027-01-31T23:59:59Z', path);
    expect(headers.get(HEADER)).toBe('per-member; until=2027-01-31');
  },
);

test('a page of a declared origin may read it', async () => {
  const { headers } = await answerAt('2027-01-31T00:00:00Z');
  expect(headers.get('access-control-expose-headers')).toContain(HEADER);
});

test('after the last day, there is no header', async () => {
  expect((await answerAt('2027-02-01T00:00:00Z')).headers.has(HEADER)).toBe(false);
});
