import fc from 'fast-check';
import type { ProviderRefusal } from '@/lib/runtime/gateway/errors/provider-refusal';
import {
  type Departure,
  LASTING_MS,
  type Outcome,
  PAUSE_MS,
  REFUSALS_TO_LEAVE,
  RefusalRuns,
} from '@/lib/runtime/gateway/providers/refusal-runs';
import { runsOf } from '@/test/support/property-runs';

type Step = Partial<Outcome> & { readonly refusal?: ProviderRefusal };

/** What leaves after outcomes of one provider, three seconds apart if they don't say when. */
function left(steps: readonly Step[]): string[] {
  const runs = new RefusalRuns();
  return steps.flatMap((step, index) => {
    const outcome = { provider: 'azure-eu', model: 'a', at: index * 3_000, byProbe: false, ...step };
    const departure = runs.record(outcome);
    return departure === undefined ? [] : [nameOf(departure)];
  });
}

const nameOf = ({ provider, model }: Departure) => (model === undefined ? provider : `${provider}/${model}`);
const of = (refusal: ProviderRefusal | undefined, model = 'a', more: Step = {}): Step => ({ refusal, model, ...more });
const probe = (refusal: ProviderRefusal | undefined, model = 'a', at?: number): Step =>
  of(refusal, model, { byProbe: true, ...(at !== undefined && { at }) });

test.each<[string, Step[], string[]]>([
  ['five refusals of two models', [probe('key'), of('access', 'b'), of('key'), of('key'), probe('key')], ['azure-eu']],
  [
    'five of access of two models',
    [probe('access'), of('access', 'b'), of('access'), of('access'), probe('access')],
    ['azure-eu'],
  ],
  ['five of the key of one model', [probe('key'), of('key'), of('key'), of('key'), probe('key')], ['azure-eu']],
  [
    'five untrusted certificates',
    [probe('certificate'), of('certificate'), of('certificate'), of('certificate'), probe('certificate')],
    ['azure-eu'],
  ],
  [
    'five of access of one model',
    [probe('access'), of('access'), of('access'), of('access'), probe('access')],
    ['azure-eu/a'],
  ],
  [
    'one of access among those of the key of one model',
    [probe('key'), of('key'), of('access'), of('key'), probe('key')],
    ['azure-eu/a'],
  ],
  ['four', [probe('key'), of('key', 'b'), of('key'), probe('key', 'a', 60_000)], []],
  ['five without a probe', [1, 2, 3, 4, 5].map((n) => of('key', `${n}`)), []],
  ['five with one probe, which is the last', [1, 2, 3, 4].map(() => of('key')).concat(probe('key')), []],
  ['five with one probe, which is the first', [probe('key'), ...[1, 2, 3, 4].map(() => of('key'))], []],
  ['five, and a probe that was answered', [probe('key'), ...[1, 2, 3, 4].map(() => of('key')), probe(undefined)], []],
  [
    'an answer of another model between them',
    [probe('key'), of('key'), of('key'), of(undefined, 'b'), of('key'), probe('key')],
    ['azure-eu/a'],
  ],
  [
    'an answer of the model between them',
    [probe('key'), of('key'), of('key'), of(undefined), of('key'), probe('key')],
    [],
  ],
  [
    'probes that are less than ten seconds apart',
    [probe('key', 'a', 0), ...[1, 2, 3].map(() => of('key', 'a', { at: 0 })), probe('key', 'a', LASTING_MS - 1)],
    [],
  ],
  [
    'probes that are exactly ten seconds apart',
    [probe('key', 'a', 0), ...[1, 2, 3].map(() => of('key', 'a', { at: 0 })), probe('key', 'a', LASTING_MS)],
    ['azure-eu'],
  ],
  [
    'probes that are close to each other, after older refusals of callers',
    [...[1, 2, 3].map(() => of('key', 'a', { at: 0 })), probe('key', 'a', 20_000), probe('key', 'a', 20_001)],
    [],
  ],
  [
    'a pause of a minute',
    [probe('key', 'a', 0), ...[1, 2, 3].map(() => of('key', 'a', { at: 0 })), probe('key', 'a', PAUSE_MS)],
    ['azure-eu'],
  ],
  [
    'a longer pause',
    [probe('key', 'a', 0), ...[1, 2, 3].map(() => of('key', 'a', { at: 0 })), probe('key', 'a', PAUSE_MS + 1)],
    [],
  ],
  [
    "callers' denials, hours after a disturbance",
    [
      ...[0, 1, 2].map((at) => probe('access', `${at}`, at)),
      ...[1, 2, 3, 4, 5, 6].map((n) => of('access', `${n}`, { at: 6 * 3_600_000 + n })),
    ],
    [],
  ],
  [
    'a clock that was set back',
    [
      ...[1, 2, 3].map(() => of('key', 'a', { at: 9_000_000 })),
      probe('key', 'a', 9_000_000),
      probe('key', 'a', 0),
      probe('key', 'a', LASTING_MS),
    ],
    ['azure-eu'],
  ],
])('%s', (_, steps, expected) => expect(left(steps)).toEqual(expected));

test('a provider that was readmitted needs all refusals again', () => {
  const runs = new RefusalRuns();
  const record = (at: number, byProbe = true) =>
    runs.record({ provider: 'p', model: 'a', at, refusal: 'key', byProbe });
  for (let index = 0; index < 4; index++) record(index * 3_000);
  expect(record(20_000)).toMatchObject({ provider: 'p', run: { refusals: 5, probes: 5 } });
  runs.forget('p');
  for (let index = 0; index < 4; index++) expect(record(30_000 + index * 4_000)).toBeUndefined();
  expect(record(50_000)).toBeDefined();
});

test('a denial of a probe counts for its model, until an answer or a pause', () => {
  const runs = new RefusalRuns();
  const denied = (at: number) => [runs.isProbedDenied('p', 'a', at), runs.isProbedDenied('p', 'b', at)];
  const record = (at: number, refusal: ProviderRefusal | undefined, byProbe: boolean) =>
    runs.record({ provider: 'p', model: 'a', at, refusal, byProbe });
  record(0, 'access', false);
  record(1, 'key', true);
  expect(denied(1)).toEqual([false, false]);
  record(2, 'access', true);
  expect([denied(2), denied(PAUSE_MS + 2), denied(PAUSE_MS + 3)]).toEqual([
    [true, false],
    [true, false],
    [false, false],
  ]);
  record(3, 'access', false);
  expect(denied(3)).toEqual([true, false]);
  record(4, undefined, true);
  expect(denied(4)).toEqual([false, false]);
});

test('forgetting a model leaves the refusals of its provider and of other models', () => {
  const runs = new RefusalRuns();
  const record = (model: string, at: number) =>
    runs.record({ provider: 'p', model, at, refusal: 'access', byProbe: true });
  for (let index = 0; index < 3; index++) record('a', index);
  runs.forget('p', 'a');
  record('a', 4);
  expect(record('a', 20_000)).toBeUndefined();
  expect(runs.of('p')).toMatchObject({ refusals: 5 });
  expect(runs.of('other')).toBeUndefined();
});

const REFUSALS = ['key', 'access', 'certificate'] as const;
const callers = fc.record({
  model: fc.constantFrom('a', 'b', 'c'),
  refusal: fc.option(fc.constantFrom(...REFUSALS), { nil: undefined }),
  byProbe: fc.constant(false),
  wait: fc.integer({ min: -60_000, max: 60_000 }),
});

/** The departures after steps of any provider; each waits, which may be back in time. */
function departures(steps: readonly (Step & { readonly wait: number })[]): Departure[] {
  const runs = new RefusalRuns();
  let at = 0;
  return steps.flatMap(({ wait, ...step }) => {
    at += wait;
    return runs.record({ provider: 'p', model: 'a', byProbe: false, ...step, at }) ?? [];
  });
}

test('no requests of callers take anything out of use, whatever their answers and the clock', () => {
  fc.assert(
    fc.property(fc.array(callers, { maxLength: 60 }), (steps) => {
      expect(departures(steps)).toEqual([]);
    }),
    runsOf(300, 3_000),
  );
});

test('nor do they after probes of one moment that were refused', () => {
  const disturbance = fc.array(
    fc.record({
      model: fc.constantFrom('a', 'b', 'c'),
      refusal: fc.constantFrom(...REFUSALS),
      byProbe: fc.constant(true),
      wait: fc.integer({ min: 0, max: 1_000 }),
    }),
    { minLength: 1, maxLength: 9 },
  );
  fc.assert(
    fc.property(disturbance, fc.array(callers, { maxLength: 60 }), (probes, steps) => {
      expect(departures([...probes, ...steps])).toEqual([]);
    }),
    runsOf(300, 3_000),
  );
});

test('neither do they while the provider answers probes', () => {
  const answered = fc.record({
    model: fc.constantFrom('a', 'b', 'c'),
    refusal: fc.constant(undefined),
    byProbe: fc.constant(true),
    wait: fc.integer({ min: 0, max: 60_000 }),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(callers, answered), { maxLength: 60 }), (steps) => {
      expect(departures(steps)).toEqual([]);
    }),
    runsOf(300, 3_000),
  );
});

test("a single model's 403 takes only that model out of use, whatever callers do", () => {
  const denied = fc.record({
    model: fc.constant('a'),
    refusal: fc.constant('access' as const),
    byProbe: fc.boolean(),
    wait: fc.integer({ min: 0, max: 20_000 }),
  });
  const others = fc.record({
    model: fc.constantFrom('b', 'c'),
    refusal: fc.constant(undefined),
    byProbe: fc.boolean(),
    wait: fc.integer({ min: 0, max: 20_000 }),
  });
  let some = 0;
  fc.assert(
    fc.property(fc.array(fc.oneof(denied, others), { maxLength: 60 }), (steps) => {
      const gone = departures(steps).map(({ model }) => model);
      some += gone.length;
      expect(gone.every((model) => model === 'a')).toBe(true);
    }),
    runsOf(300, 3_000),
  );
  expect(some).toBeGreaterThan(0);
});

test('a departure always has the refusals, the time and the probe, and two models or the key', () => {
  const any = fc.record({
    model: fc.constantFrom('a', 'b'),
    refusal: fc.option(fc.constantFrom(...REFUSALS), { nil: undefined, freq: 20 }),
    byProbe: fc.boolean(),
    wait: fc.integer({ min: -5_000, max: 10_000 }),
  });
  let some = 0;
  fc.assert(
    fc.property(fc.array(any, { maxLength: 60 }), (steps) => {
      for (const { model, run } of departures(steps)) {
        some++;
        expect(run.refusals).toBeGreaterThanOrEqual(REFUSALS_TO_LEAVE);
        expect(run.probes).toBeGreaterThan(1);
        expect(run.lastAt - (run.probedAt ?? Number.NaN)).toBeGreaterThanOrEqual(LASTING_MS);
        expect(model !== undefined || run.models.size > 1 || !run.kinds.has('access')).toBe(true);
      }
    }),
    runsOf(300, 3_000),
  );
  expect(some).toBeGreaterThan(100);
});
