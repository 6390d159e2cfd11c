import { measureSynth } from '@/bench/synth/measure';

jest.setTimeout(600_000);

const [ONE, FEW, MANY] = [1, 10, 60];

test('each further workspace takes as long to synthesize as those before it, and exceeds no limit', () => {
  const [one, few, many] = [ONE, FEW, MANY].map(measureSynth) as [Figures, Figures, Figures];
  expect(many.exceeded).toEqual([]);
  const perWorkspace = (few.resources - one.resources) / (FEW - ONE);
  // The ledger's role also has managed policies.
  expect(many.resources - few.resources - perWorkspace * (MANY - FEW)).toBeLessThan(5);
  const [first, further] = [
    (few.processor - one.processor) / (FEW - ONE),
    (many.processor - few.processor) / (MANY - FEW),
  ];
  expect(further).toBeLessThan(2 * first);
  expect(many.megabytes).toBeLessThan(1000);
});

type Figures = ReturnType<typeof measureSynth>;
