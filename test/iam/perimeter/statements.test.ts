import { type Mutation, mutated, mutationsOf } from '@/test/support/perimeter-mutations';
import { installEvaluator } from '../evaluator/evaluator';
import { EQUIVALENT } from './equivalent';
import { type Answer, decide, type Layer, nameOf, type Question, questionsOf } from './decide';
import { ROWS } from './rows/rows';
import { SETS } from './sets';

jest.setTimeout(60_000);
beforeAll(installEvaluator);

/** A row that could notice the change of a statement, and the documents with the change. */
interface Candidate {
  readonly mutation: Mutation;
  readonly question: Question;
}

/** Few are needed: the first that notices is enough. Rows that differ in more than their Region come first. */
const MOST = 12;

/** The rows whose verdict depends on a statement: those that only it denies, or that the allowance lets through. */
function candidatesFor(mutation: Mutation, questions: readonly Question[], answers: readonly Answer[]): Candidate[] {
  const layer: Layer = mutation.document.kind === 'permissions-boundary' ? 'boundary' : 'organization';
  const isAllowance = mutation.kind === 'tightened';
  return questions
    .filter((question, nth) => {
      if (question.layer !== layer) return false;
      const { isAllowed, denying = [mutation.sid] } = answers[nth] as Answer;
      return isAllowance ? isAllowed : !isAllowed && denying.every((sid) => sid === mutation.sid);
    })
    .slice(0, MOST)
    .map((question) => ({ mutation, question }));
}

test.each(SETS.map((set) => [set.name, set] as const))('%s: each change of a statement changes a verdict', (_, set) => {
  const questions = questionsOf(ROWS, [set]);
  const answers = decide(questions);
  const mutations = mutationsOf(set.documents);
  const candidates = mutations.flatMap((mutation) => candidatesFor(mutation, questions, answers));
  const changed = decide(
    candidates.map(({ question }) => question),
    (_question, nth) => mutated(set.documents, (candidates[nth] as Candidate).mutation),
  );
  const found = new Map<string, string>();
  candidates.forEach(({ mutation, question }, nth) => {
    const before = answers[questions.indexOf(question)]?.isAllowed;
    if (changed[nth]?.isAllowed !== before && !found.has(mutation.name)) found.set(mutation.name, nameOf(question));
  });
  const unnoticed = mutations
    .map(({ name }) => name)
    .filter((name) => !found.has(name) && !EQUIVALENT.some((one) => one.change.test(name)));
  expect(unnoticed).toEqual([]);
});
