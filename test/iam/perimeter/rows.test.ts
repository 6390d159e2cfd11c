import { REGIONS } from '@/lib/facts/generated/regions';
import { installEvaluator } from '../evaluator/evaluator';
import { decide, findingsOf, questionsOf } from './decide';
import { ROWS } from './rows/rows';
import { SETS } from './sets';
import { TRAPS } from './traps';

jest.setTimeout(60_000);
beforeAll(installEvaluator);

test('each request has the verdict of the reference, in every set of documents', () => {
  const questions = questionsOf(ROWS, SETS);
  expect(findingsOf(questions, decide(questions))).toEqual([]);
});

test('each trap has a request, and no two requests of a set have a name in common', () => {
  expect(Object.keys(TRAPS).filter((trap) => !ROWS.some((row) => row.trap === trap))).toEqual([]);
  const repeated = SETS.flatMap((set) => {
    const names = ROWS.filter((row) => row.in?.(set) ?? true).map(({ name }) => `${set.name}: ${name}`);
    return names.filter((name, nth) => names.indexOf(name) !== nth);
  });
  expect(repeated).toEqual([]);
});

test('some requests are in a Region that no table has', () => {
  const known = new Set<string>(REGIONS.map(({ code }) => code));
  const unknown = ROWS.filter(({ trap, region = '' }) => trap === 'new region' && !known.has(region));
  expect(unknown.map(({ region }) => region)).toContain('eu-central-3');
});
