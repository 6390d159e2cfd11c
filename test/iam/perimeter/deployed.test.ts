import { DEPLOYMENT_TAG } from '@/lib/perimeter/organization/principals';
import { ABSENT, type Context } from '../calls/row';
import { installEvaluator } from '../evaluator/evaluator';
import type { NamedPolicy } from '../support/account';
import { deployed } from '../support/deployed';
import { neededBy } from '../support/findings';
import { type Around, ask, type Question } from '../support/matrix';
import type { Json } from '../support/physical';
import { VARIANTS, type VariantName } from '../support/variants';
import { decide, findingsOf, questionsOf } from './decide';
import { requestsFor } from './deployment/cloudformation';
import { keysOfOwner, keysOfSender } from './principals';
import { allowed } from './row';
import { type PerimeterSet, SETS } from './sets';

jest.setTimeout(60_000);
beforeAll(installEvaluator);

/** A variant is asked of the strictest set that it can be deployed under; the sample of both. */
const setsOf = (variant: VariantName): readonly PerimeterSet[] =>
  SETS.filter(
    ({ scope: { partition, hasEgress } }) =>
      partition === (variant === 'sovereign partition' ? 'aws-eusc' : 'aws') &&
      (variant === 'sample' || hasEgress === (variant === 'egress')),
  );

const contextOf = ({ fn, call, from }: Question): Context => ({
  ...keysOfSender(
    { arn: fn.role.arn, account: 'own', deployment: fn.role.tags[DEPLOYMENT_TAG] },
    from === 'inside' ? 'vpc' : 'internet',
  ),
  ...keysOfOwner('own'),
  // Calls of models name them only if a row says so.
  'bedrock:InferenceProfileArn': ABSENT,
  'bedrock:PromptRouterArn': ABSENT,
  's3:x-amz-acl': ABSENT,
  // The only mode that the code sets. The role's own policy doesn't name it.
  'bedrock:DataRetentionMode': call.action === 'bedrock:PutAccountDataRetention' ? 'none' : ABSENT,
});

function around({ documents }: PerimeterSet): Around {
  const of = (kind: string): NamedPolicy[] =>
    documents.filter((one) => one.kind === kind).map(({ name, content }) => ({ name, policy: content }));
  const [boundary] = of('permissions-boundary');
  if (boundary === undefined) throw new Error('the set has no permissions boundary');
  return { scps: of('scp'), rcps: of('rcp'), boundary, contextOf };
}

describe.each(Object.keys(VARIANTS) as VariantName[])('%s', (variant) => {
  const { account, calls, stacks } = deployed(variant);
  const questions = neededBy(account.functions, calls);

  test.each(setsOf(variant).map((set) => [set.name, set] as const))('%s: every needed call stays allowed', (_, set) => {
    const findings = ask(account, questions, around(set))
      .filter(({ isAllowed, problem }) => !isAllowed || problem !== undefined)
      .map(
        ({ fn, call, from, problem = 'is denied' }) =>
          `${fn.path}: ${call.action} on ${call.on} from ${from}: ${problem}`,
      );
    expect(findings).toEqual([]);
    expect(questions.length).toBeGreaterThan(100);
  });

  test('the names that templates give to roles end in the Region, as the check of patterns of roles assumes', () => {
    const names = stacks.flatMap(({ template, region }) =>
      Object.values<Json>(template.Resources).flatMap(({ Type, Properties }) =>
        Type === 'AWS::IAM::Role' && Properties.RoleName !== undefined ? [{ name: Properties.RoleName, region }] : [],
      ),
    );
    expect(names.filter(({ name, region }) => !`${name}`.endsWith(`-${region}`))).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });

  test('what CloudFormation does for its resources stays allowed', () => {
    const types = stacks.flatMap(({ template }) =>
      Object.values<Json>(template.Resources).map(({ Type }) => `${Type}`),
    );
    // The calls of a custom resource are those of its function.
    const requests = requestsFor([...new Set(types)].filter((type) => type.startsWith('AWS::')));
    const asked = questionsOf(allowed('deployer', ...requests), setsOf(variant));
    expect(findingsOf(asked, decide(asked))).toEqual([]);
    expect(asked.length).toBeGreaterThan(300);
  });
});
