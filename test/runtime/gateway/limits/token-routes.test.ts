import { usesTokens } from '@/lib/runtime/gateway/limits/token-routes';
import { ROWS } from '@/test/fuzz/rows';

/** Every path that a model answers, now or later. A new route isn't refused without tokens unless it is here. */
const USING = [
  'POST /v1/chat/completions',
  'POST /v1/responses',
  'POST /v1/messages',
  'POST /v1/embeddings',
  'POST /v1/batches',
];
/** Paths that change something, and call no model. */
const FREE = [
  'POST /v1/messages/count_tokens',
  'POST /v1/conversations',
  'POST /v1/conversations/:id',
  'POST /v1/conversations/:id/items',
  'POST /v1/responses/:id',
  'POST /v1/responses/:id/cancel',
  'POST /v1/batches/:id/cancel',
  'POST /v1/files',
  'POST /v1/uploads',
  'POST /v1/uploads/:id/parts',
  'POST /v1/uploads/:id/complete',
  'POST /v1/uploads/:id/cancel',
  'POST /v1/prompts',
  'POST /v1/prompts/:id/versions',
  'POST /v1/prompts/:id/shares',
  'POST /v1/keys',
];
const uses = (route: string, end = '') => {
  const [method = '', path = ''] = route.split(' ');
  return usesTokens({ method, path: `${path}${end}` });
};

test('every route of the gateway is one that uses tokens or one that does not', () => {
  const known = Object.keys(ROWS).filter((route) => route.startsWith('POST /v1/'));
  expect([...USING, ...FREE].sort()).toEqual(known.sort());
  expect(known.filter((route) => uses(route)).sort()).toEqual([...USING].sort());
});

test('a slash at the end makes no difference, and no other method uses tokens', () => {
  for (const route of USING) {
    expect(uses(route, '/')).toBe(true);
    expect(uses(route.replace('POST', 'GET'))).toBe(false);
  }
});
