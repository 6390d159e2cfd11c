import type { PolicyDocument } from '@/lib/perimeter/organization/document';
import { type Mutation, mutated, mutationsOf } from '@/test/support/perimeter-mutations';
import { ABSENT } from '../calls/row';
import { installEvaluator } from '../evaluator/evaluator';
import { listOf } from '../support/pattern';
import { reaches } from '../support/reached';
import { type Answer, decide, type Question, questionsOf } from './decide';
import { EQUIVALENT } from './equivalent';
import { ROWS } from './rows/rows';
import { SETS } from './sets';

jest.setTimeout(60_000);
beforeAll(installEvaluator);

/** A row that may notice a change, with what it was before. */
interface Candidate {
  readonly mutation: Mutation;
  readonly question: Question;
  readonly wasAllowed: boolean;
}

/** The first that notices is enough. */
const MOST = { stops: 150, lets: 15 };

/** How many candidates of a change are asked in each round, until one notices: nearly always one of the first. */
const ROUNDS = [2, 13, MOST.stops];

/** Values that a loosened condition exempts. A row with one comes first. */
const EXEMPTED = /us-east-1|foreign|provider_data_share|residency:/i;

/** The rows whose verdict a change may turn: it lets through what only its statement denies, or stops what its statement let through. */
function candidatesFor(mutation: Mutation, questions: readonly Question[], answers: readonly Answer[]): Candidate[] {
  const { document, changed, sid, kind } = mutation;
  const statementIn = (one = document) => one.content.Statement.find(({ Sid }) => Sid === sid);
  const [before, after] = [statementIn(), changed && statementIn(changed)];
  if (before === undefined) throw new Error(`${document.name} has no statement ${sid}`);
  const layer = document.kind === 'permissions-boundary' ? 'boundary' : 'organization';
  const isAllowance = before.Effect === 'Allow';
  const stops = kind === 'tightened' || (isAllowance && kind === 'removed');
  const isReached = ({ row: { action }, on }: Question) => reaches(before, action, on);
  const drops = (question: Question) => after === undefined || !reaches(after, question.row.action, question.on);
  const dropsAny = questions.some((question) => isReached(question) && drops(question));
  return questions
    .map((question, nth) => ({
      mutation,
      question,
      ...(answers[nth] as Answer),
      wasAllowed: answers[nth]?.isAllowed === true,
    }))
    .filter(({ question, isAllowed, denying }) => {
      if (question.layer !== layer || isAllowed !== stops) return false;
      if (stops) return isReached(question) && (!isAllowance || drops(question));
      if (isAllowance) return denying?.length === 0;
      return isReached(question) && (denying ?? [sid]).every((one) => one === sid) && (!dropsAny || drops(question));
    })
    .sort((one, other) => weightOf(other.question) - weightOf(one.question))
    .slice(0, stops ? MOST.stops : MOST.lets);
}

const weightOf = ({ row: { as = 'administrator' }, context }: Question): number =>
  (context['aws:PrincipalIsAWSService'] === ABSENT ? 4 : 0) +
  (as === 'administrator' ? 0 : 1) +
  (Object.values(context).some((one) => EXEMPTED.test(String(one.valueOf()))) ? 2 : 0);

/**
 * The documents that decide after a change. The others don't deny a candidate: no statement did, or only the one that is changed. What
 * denies an unlisted ARN is unknown.
 */
const decidingAfter = ({ mutation, question: { row, set } }: Candidate): readonly PolicyDocument[] =>
  row.isUnlisted ? mutated(set.documents, mutation) : listOf(mutation.changed);

/** The names of the changes that some candidate notices. */
function noticedOf(candidates: readonly (readonly Candidate[])[]): Set<string> {
  const noticed = new Set<string>();
  let from = 0;
  for (const size of ROUNDS) {
    const asked = candidates
      .filter(([first]) => first !== undefined && !noticed.has(first.mutation.name))
      .flatMap((all) => all.slice(from, from + size));
    const turned = decide(
      asked.map(({ question }) => question),
      (_, nth) => decidingAfter(asked[nth] as Candidate),
    );
    asked.forEach(({ mutation, wasAllowed }, nth) => {
      if (turned[nth]?.isAllowed !== wasAllowed) noticed.add(mutation.name);
    });
    from += size;
  }
  return noticed;
}

test.each(SETS.map((set) => [set.name, set] as const))('%s: each change of a statement turns a verdict', (_, set) => {
  const names = set.documents.flatMap(({ content }) => content.Statement.map(({ Sid }) => Sid));
  expect(new Set(names).size).toBe(names.length);
  const questions = questionsOf(ROWS, [set]);
  const answers = decide(questions);
  const mutations = mutationsOf(set.documents);
  const noticed = noticedOf(mutations.map((mutation) => candidatesFor(mutation, questions, answers)));
  const unnoticed = mutations.map(({ kind, name }) => ({ kind, name })).filter(({ name }) => !noticed.has(name));
  expect(unnoticed.filter(({ name }) => !EQUIVALENT.some(({ change }) => change.test(name)))).toEqual([]);
});
