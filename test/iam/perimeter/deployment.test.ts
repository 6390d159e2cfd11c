import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { installEvaluator } from '../evaluator/evaluator';
import { synthesize, VARIANTS, type VariantName } from '../support/variants';
import { bootstrapping, callsOfRoles } from './deployment/bootstrap';
import { requestsFor } from './deployment/cloudformation';
import { COMMANDS, commandRequests, UNLISTED } from './deployment/commands';
import { findingsOf, judge, questionsOf } from './judge';
import { allowed, type Request } from './row';
import { type PerimeterSet, SETS } from './sets';

jest.setTimeout(60_000);
beforeAll(installEvaluator);

const CLI = path.join(__dirname, '../../../lib/cli');

const findings = (requests: readonly Request[], sets: readonly PerimeterSet[]): string[] => {
  const questions = questionsOf(allowed('deployer', ...requests), sets);
  return findingsOf(questions, judge(questions));
};

const typesOf = (variants: readonly VariantName[]): string[] => [
  ...new Set(
    variants.flatMap((one) =>
      synthesize(one).stacks.flatMap(({ template }) =>
        Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type),
      ),
    ),
  ),
];

/** Calls of a custom resource are those of its function; CloudFormation calls the function. */
const isOfAws = (type: string): boolean => type.startsWith('AWS::');

describe('what CloudFormation does for the stacks stays allowed', () => {
  test('of every variant, with and without an egress', () => {
    const types = typesOf((Object.keys(VARIANTS) as VariantName[]).filter((one) => one !== 'egress' && one !== 'sovereign partition'));
    expect(findings(requestsFor(types.filter(isOfAws)), SETS.filter(({ scope }) => scope.partition === 'aws'))).toEqual([]);
  });

  test('of a deployment with an egress', () => {
    const types = typesOf(['egress']);
    const sets = SETS.filter(({ scope }) => scope.partition === 'aws' && scope.hasEgress);
    expect(findings(requestsFor(types.filter(isOfAws)), sets)).toEqual([]);
  });

  test('of a deployment in the sovereign partition', () => {
    const types = typesOf(['sovereign partition']);
    expect(findings(requestsFor(types.filter(isOfAws)), SETS.filter(({ scope }) => scope.partition === 'aws-eusc'))).toEqual([]);
  });
});

describe('the bootstrap of the CDK', () => {
  test('stays possible for a role that deploys', () => {
    expect(findings(bootstrapping(), SETS)).toEqual([]);
  });

  test('lets the CLI publish and deploy', () => {
    expect(findings(callsOfRoles(), SETS)).toEqual([]);
  });
});

describe('commands of people', () => {
  test('stay allowed', () => {
    expect(findings(commandRequests(), SETS)).toEqual([]);
  });

  test('are those of the code', () => {
    const found = readdirSync(CLI, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(path.join(CLI, file), 'utf8').matchAll(/new (\w+?)Command\(|(?<!\w)paginate(\w+)\(/g)])
      .map(([, command, pages]) => command ?? pages);
    expect([...new Set(found)].sort()).toEqual([...Object.keys(COMMANDS), ...UNLISTED].sort());
  });
});
