import { readDrill } from '@/lib/evidence/drill/read-drill';
import type { ProviderDrillReport } from '@/lib/report/provider-drill';
import { evidenceOf, PROFILE, resources, stack } from '../support/app';

const OPENAI = 'openai/gpt-5.4';
const DRILL: ProviderDrillReport = {
  report: 'provider-drill',
  provider: 'openai',
  model: 'assistant',
  at: '2026-11-29T08:00:00.000Z',
  before: OPENAI,
  outAfterSeconds: 20.1,
  backAfterSeconds: 18,
  requests: { sent: 50, failed: 0 },
  answers: { [PROFILE]: 20, [OPENAI]: 30 },
  passed: true,
};

/** The app's gateway, with OpenAI as its first destination. */
function outside() {
  const own = resources();
  const models = { assistant: [OPENAI, PROFILE] };
  return [stack({ ...own, Handler: { ...own.Handler, Metadata: { 'residency:models': models } } })];
}
const drillsOf = (...drills: ProviderDrillReport[]) => evidenceOf(outside(), { drills }).drills;

test('without a drill there is no section, and the summary counts the row of one', () => {
  expect(evidenceOf(outside())).not.toHaveProperty('drills');
  const { ok } = evidenceOf(outside()).head.summary;
  expect(evidenceOf(outside(), { drills: [DRILL] }).head.summary.ok).toBe(ok + 1);
});

test('a drill is a row of its day, by the command that measured it', () => {
  expect(drillsOf(DRILL, DRILL)).toEqual([
    {
      id: `drill:openai:assistant:${DRILL.at}`,
      criterion: 'drill.failover',
      status: 'ok',
      reason:
        'Other destinations answered 20.1 s after openai was taken out of use. It answered again 18 s after its readmission. 0 of 50 requests failed.',
      remedy: '',
      pointer: {},
      basis: { kind: 'claimed', by: 'eu-residency drill', asOf: '2026-11-29', stale: false },
      date: '2026-11-29',
      provider: 'openai',
      model: 'assistant',
      at: DRILL.at,
      outAfterSeconds: 20.1,
      backAfterSeconds: 18,
      requests: DRILL.requests,
      answers: DRILL.answers,
    },
  ]);
});

const without = (key: 'outAfterSeconds' | 'backAfterSeconds'): ProviderDrillReport => {
  const { [key]: _, ...rest } = DRILL;
  return { ...rest, passed: false };
};

test.each<[string, ProviderDrillReport, string, string]>([
  ['others do not answer', without('outAfterSeconds'), 'failed', 'No other destination answered within a minute'],
  ['the provider does not return', without('backAfterSeconds'), 'failed', 'It did not answer within a minute'],
  [
    'a request fails',
    { ...DRILL, requests: { sent: 51, failed: 1 }, passed: false },
    'failed',
    '1 of 51 requests failed.',
  ],
  [
    'another deployment answers',
    { ...DRILL, answers: { ...DRILL.answers, 'vpc/elsewhere': 1 }, requests: { sent: 51, failed: 0 } },
    'attention',
    'No gateway of these templates calls vpc/elsewhere',
  ],
  [
    'another deployment answers and a request fails',
    { ...DRILL, answers: { ...DRILL.answers, 'vpc/elsewhere': 1 }, requests: { sent: 52, failed: 1 }, passed: false },
    'failed',
    '1 of 52 requests failed.',
  ],
])('a drill in which %s is not ok', (_, drill, status, reason) => {
  // A report of the command can say all of this.
  expect(readDrill(JSON.stringify(drill))).toEqual(drill);
  const [row] = drillsOf(drill) ?? [];
  expect(row).toMatchObject({ status, reason: expect.stringContaining(reason), remedy: expect.stringMatching(/./) });
});

test('the newest drill is the first', () => {
  const later = { ...DRILL, at: '2026-11-30T08:00:00.000Z' };
  expect(drillsOf(DRILL, later)?.map(({ at }) => at)).toEqual([later.at, DRILL.at]);
});

test('the order in which drills are named changes nothing', () => {
  const atOnce = { ...DRILL, model: 'another' };
  expect(drillsOf(DRILL, atOnce)).toEqual(drillsOf(atOnce, DRILL));
});

const CONTRADICTION = /^its figures contradict each other: .*; name the file/;
const FORM = /^it isn't the report of a drill of a provider \(.*\); name the file/;

test.each<[string, object | string, RegExp, string]>([
  ['no JSON', '{', FORM, 'no JSON object'],
  ['no object', '[]', FORM, 'no JSON object'],
  ['the report of another command', { drills: [] }, FORM, 'report: '],
  ['a model as provider', { ...DRILL, provider: OPENAI }, FORM, 'provider: not the name of a provider'],
  ['a model of two lines', { ...DRILL, model: 'a\nb' }, FORM, 'model: '],
  ['a day in place of a time', { ...DRILL, at: '2026-11-29' }, FORM, 'at: '],
  ['a minute and more', { ...DRILL, outAfterSeconds: 70 }, FORM, 'outAfterSeconds: '],
  ['a negative time', { ...DRILL, backAfterSeconds: -1 }, FORM, 'backAfterSeconds: '],
  ['a part of a request', { ...DRILL, requests: { sent: 50.5, failed: 0 } }, FORM, 'requests.sent: '],
  ['a destination that controls a terminal', { ...DRILL, answers: { '\u001b[2J': 1 } }, FORM, 'answers.'],
  ['another provider before', { ...DRILL, before: PROFILE }, CONTRADICTION, "which isn't at 'openai'"],
  ['no answer before', { ...DRILL, answers: { [PROFILE]: 50 } }, CONTRADICTION, `'answers' lack '${OPENAI}'`],
  [
    'a request without an end',
    { ...DRILL, requests: { sent: 51, failed: 0 } },
    CONTRADICTION,
    '50 answers and 0 failures are not the 51 requests',
  ],
  [
    'no other destination',
    { ...DRILL, answers: { [OPENAI]: 50 } },
    CONTRADICTION,
    "'outAfterSeconds' is 20.1, but no destination outside 'openai' answered",
  ],
  [
    'a success in spite of a failure',
    { ...without('outAfterSeconds'), passed: true },
    CONTRADICTION,
    "'passed' is true",
  ],
  ['a failure in spite of success', { ...DRILL, passed: false }, CONTRADICTION, "'passed' is false"],
])('%s is refused', (_, content, form, part) => {
  const found = readDrill(typeof content === 'string' ? content : JSON.stringify(content));
  expect(found).toMatch(form);
  expect(found).toContain(part);
});
