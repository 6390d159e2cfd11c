import { servicePrice } from '@/lib/report/cost/price';
import { metricDirectives } from '@/lib/runtime/http/records/metric-directives';
import { toOperations } from '@/lib/runtime/http/records/operations';
import type { RequestLog } from '@/lib/runtime/http/records/request-log';
import { toRecord } from '@/lib/runtime/http/records/residency-record';

const MEASURED = { status: 200, begin: 0, latency: 1, firstByte: 1 };
const NAMED = { route: 'responses', tenant: 'sciences', model: 'assistant' } as const;

function lineOf(log: Partial<RequestLog>, status = 200) {
  const request: RequestLog = { ...NAMED, ...log };
  const record = toRecord(request, { id: '', time: new Date(0), status, retention: 'not-stored' });
  return toOperations(record, request, { ...MEASURED, status });
}

/** The series that a line adds to, each with its name and the values of its dimensions. */
function seriesOf(line: ReturnType<typeof lineOf>): string[] {
  const values = line as unknown as Readonly<Record<string, unknown>>;
  return line._aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name }) => [Name, ...names.map((name) => `${name}=${values[name]}`)].join(' ')),
    ),
  );
}

const isFormer = (series: string) => series.includes('route=');
const current = (log: Partial<RequestLog>, status?: number) =>
  seriesOf(lineOf(log, status)).filter((series) => !isFormer(series));

test('a request has the tenant as dimension, and its tokens the model too', () => {
  const tokens = { prompt: 3, completion: 2, cached: 1 };
  expect(current({ tokens })).toEqual([
    'requests tenant=sciences',
    'refusals tenant=sciences',
    'failures tenant=sciences',
    'latency tenant=sciences',
    'firstByte tenant=sciences',
    'promptTokens tenant=sciences model=assistant',
    'completionTokens tenant=sciences model=assistant',
    'cachedTokens tenant=sciences model=assistant',
  ]);
});

test.each<[string, Partial<RequestLog>, number, string[]]>([
  ['a refusal', { reason: 'invalid_value' }, 400, ['refusals reason=invalid_value']],
  ['a failure, which is no refusal', { reason: 'internal_error' }, 500, ['failures reason=internal_error']],
  [
    'a store that does not answer',
    { reason: 'content_unavailable' },
    503,
    ['storeErrors tenant=sciences', 'failures reason=content_unavailable'],
  ],
  [
    'content that does not decrypt',
    { reason: 'content_unreadable' },
    500,
    ['unreadable tenant=sciences', 'failures reason=content_unreadable'],
  ],
  ['an intervention', { intervened: true }, 200, ['interventions tenant=sciences']],
  ['a project, by the age of its check', { checkAgeMs: 61_000 }, 200, ['checkAge tenant=sciences']],
])('%s adds only its own metric', (_, log, status, added) => {
  const usual = current({});
  expect(current(log, status).filter((series) => !usual.includes(series))).toEqual(added);
});

test('the age is in seconds', () => {
  expect(lineOf({ checkAgeMs: 61_400 }).checkAge).toBe(61);
  expect(metricDirectives({ checkAge: 61 })[0]?.Metrics).toContainEqual({ Name: 'checkAge', Unit: 'Seconds' });
});

test('a busy deployment has a quarter of the metrics of 0.1.0, which are sent as well for two minor versions', () => {
  const routes = ['chat.completions', 'responses', 'messages', 'embeddings', 'models', 'files'] as const;
  const tokens = { prompt: 3, completion: 2, cached: 1, cacheWrite: 1 };
  const sent = new Set(
    ['sciences', 'helpdesk-bot'].flatMap((tenant) => [
      ...routes.flatMap((route) => seriesOf(lineOf({ tenant, route, model: undefined }))),
      ...['assistant', 'fast'].flatMap((model) =>
        routes.slice(0, 3).flatMap((route) => seriesOf(lineOf({ tenant, route, model, tokens }))),
      ),
    ]),
  );
  const former = [...sent].filter(isFormer).length;
  const now = sent.size - former;
  const { usd = 0 } = servicePrice('custom-metric', 'eu-central-1', new Date('2026-11-30')) ?? {};
  // Before: 6 for each of 6 routes, 4 of tokens for 3 routes, and 10 for each of 3 routes and 2 models. Now: 5 for each of 2 tenants,
  // and 4 of tokens for each of 2 tenants and 2 models.
  expect({ former, now, usd: now * usd }).toEqual({ former: 108, now: 26, usd: expect.closeTo(7.8) });
});
