import { randomFrom } from './agreement/random';
import { type RandomRequest, RandomRequests } from './agreement/random-request';
import { encodedVerdicts, evaluatedVerdicts } from './agreement/verdicts';
import { all, any } from './encoding/formula';
import { IAM_RULES, type Rules } from './encoding/rules';
import { targetsOf } from './requests/targets';
import { SETS } from './sets';

/** More than are compared, because the evaluator refuses some. */
const REQUESTS = 10_600;
const COMPARED = 10_000;

/** The most requests that the evaluator may refuse: those on resources that AWS's service reference gives to no action. */
const MOST_REFUSED = 0.05;

const sets = SETS.filter(({ scope }) => scope.requiresBoundary);

/** Requests of each set, and what the evaluator says of them. */
function compared(): { requests: RandomRequest[]; isAllowed: boolean[]; refused: number } {
  const requests = sets.flatMap((set, index) => {
    const made = new RandomRequests(set, targetsOf(set), randomFrom(index + 1));
    return Array.from({ length: REQUESTS / sets.length }, () => made.next());
  });
  const verdicts = evaluatedVerdicts(requests);
  const answered = requests.filter((_, index) => verdicts[index]?.problem === undefined);
  return {
    requests: answered,
    isAllowed: verdicts.filter(({ problem }) => problem === undefined).map(({ isAllowed }) => isAllowed),
    refused: (requests.length - answered.length) / requests.length,
  };
}

/** Requests on which the encoding, by some rules, and the evaluator differ. */
const differences = ({ requests, isAllowed }: ReturnType<typeof compared>, rules: Rules = IAM_RULES) =>
  encodedVerdicts(requests, rules).flatMap((verdict, index) => {
    if (verdict === isAllowed[index]) return [];
    const { set, layer, action, resource, context } = requests[index] as RandomRequest;
    return { set: set.name, layer, action, resource, context, encoding: verdict, evaluator: !verdict };
  });

jest.setTimeout(600_000);

let sample: ReturnType<typeof compared>;
beforeAll(() => {
  sample = compared();
});

test('the encoding and the evaluator agree on 10,000 random requests', () => {
  const allowed = sample.isAllowed.filter(Boolean).length;
  console.info(`${sample.requests.length} requests: ${allowed} allowed, ${sample.requests.length - allowed} denied`);
  expect(sample.requests.length).toBeGreaterThanOrEqual(COMPARED);
  expect(sample.refused).toBeLessThan(MOST_REFUSED);
  for (const layer of ['organization', 'permissions-boundary'])
    for (const verdict of [true, false]) {
      const times = sample.requests.filter((one, at) => one.layer === layer && sample.isAllowed[at] === verdict).length;
      expect(times).toBeGreaterThanOrEqual(COMPARED / 200);
    }
  expect(differences(sample)).toEqual([]);
});

const MISTAKES: Readonly<Record<string, Partial<Rules>>> = {
  'a negated operator needs the key': {
    holdsWithoutKey: ({ set, isIfExists }) => set === 'ForAllValues' || isIfExists,
  },
  'IfExists is ignored': {
    holdsWithoutKey: ({ set, isNegated }) => set === 'ForAllValues' || (isNegated && set === undefined),
  },
  'one of several keys is enough': { keys: (conditions) => any(...conditions) },
  'every value of a key must match': { values: (values) => all(...values) },
  'actions are compared with their case': { action: (action) => action },
};

test.each(Object.entries(MISTAKES))('the comparison finds a mistake in the encoding: %s', (_, mistake) => {
  const [set] = sets;
  const own = sample.requests.map((one) => one.set === set);
  const some = {
    requests: sample.requests.filter((_one, index) => own[index]),
    isAllowed: sample.isAllowed.filter((_one, index) => own[index]),
    refused: 0,
  };
  expect(differences(some, { ...IAM_RULES, ...mistake }).length).toBeGreaterThan(0);
});
