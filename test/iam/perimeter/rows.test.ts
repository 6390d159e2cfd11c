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

test('each trap has a request, and no two requests have a name in common', () => {
  expect(Object.keys(TRAPS).filter((trap) => !ROWS.some((row) => row.trap === trap))).toEqual([]);
  const names = ROWS.map(({ name, in: only }) => `${name} ${only}`);
  expect(names.filter((name, nth) => names.indexOf(name) !== nth)).toEqual([]);
});
