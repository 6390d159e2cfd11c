import { installEvaluator } from './evaluator/evaluator';
import { deployed } from './support/deployed';
import { check, type Result } from './support/findings';
import { VARIANTS, type VariantName } from './support/variants';
import { WIDER } from './support/width';

jest.setTimeout(60_000);

const results = new Map<VariantName, Result>();

beforeAll(installEvaluator);

describe.each(Object.keys(VARIANTS) as VariantName[])('%s', (variant) => {
  test('each call of each function is allowed, and nothing wider is', () => {
    const { account, calls } = deployed(variant);
    const result = check(account, calls);
    results.set(variant, result);
    expect(result.findings).toEqual([]);
  });

  test('every function has calls, and no permission that only others need', () => {
    for (const { fn, needed, others, deniedOthers } of results.get(variant)?.functions ?? []) {
      expect([fn, needed > 1, others > 50, deniedOthers === others]).toEqual([fn, true, true, true]);
    }
    expect(results.get(variant)?.functions.length).toBeGreaterThan(8);
  });
});

test('each accepted permission is still in a template', () => {
  const found = new Set([...results.values()].flatMap(({ wider }) => wider));
  expect(WIDER.filter((one) => !found.has(one)).map(({ policy, action }) => `${policy} ${action}`)).toEqual([]);
});

afterAll(() => {
  const line = (...cells: readonly (string | number)[]) =>
    `${cells[0]}`.padEnd(24) +
    `${cells[1]}`.padEnd(72) +
    cells
      .slice(2)
      .map((cell) => `${cell}`.padStart(9))
      .join('');
  const rows = [...results].flatMap(([variant, { functions }]) =>
    functions.map(({ fn, needed, allowedInside, allowedOutside, others, deniedOthers }) =>
      line(variant, fn.replace(/\/Function$/, ''), needed, allowedInside, allowedOutside, others, deniedOthers),
    ),
  );
  process.stdout.write(
    [line('deployment', 'function', 'calls', 'inside', 'outside', 'others', 'denied'), ...rows, ''].join('\n'),
  );
});
