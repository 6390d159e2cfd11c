import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { AccountTrails } from '@/lib/constructs/perimeter/account-trails';
import { DEPLOYMENT_TAG } from '@/lib/perimeter/organization/principals';
import { constructResources } from '@/scripts/hook/hook-template';
import { ABSENT, type Context } from '../calls/row';
import { installEvaluator } from '../evaluator/evaluator';
import { decide, findingsOf, questionsOf } from './decide';
import { bootstrapping, callsOfRoles } from './deployment/bootstrap';
import { requestsFor } from './deployment/cloudformation';
import { COMMANDS, commandRequests, UNLISTED } from './deployment/commands';
import { allowed, type Request } from './row';
import { SETS } from './sets';

jest.setTimeout(60_000);
beforeAll(installEvaluator);

const CLI = path.join(__dirname, '../../../lib/cli');

/** Commands of the SDK, pages of a command, the operations of requests that the CLI signs itself, and signed requests to a deployment's own API. */
const CALLS =
  /new (\w+?)Command\(|(?<!\w)paginate(\w+)\(|(?<!\w)(?:jsonCall|ask|askAll)(?:<[^()]*>)?\(\s*caller,[^()']*'(\w+)'|(?<!\w)(askSigned)\(/g;

/** A StackSet's resources have no tag of a deployment, and its functions no VPC. */
const UNTAGGED: Context = {
  'aws:TagKeys': ABSENT,
  [`aws:ResourceTag/${DEPLOYMENT_TAG}`]: ABSENT,
  'lambda:VpcIds': ABSENT,
};

/** Calls of handlers that no property of these templates needs: they replicate no bucket, have no tables of metadata, and take no boundary away. */
const UNUSED: readonly string[] = [
  'iam:DeleteRolePermissionsBoundary',
  's3:PutReplicationConfiguration',
  's3tables:PutTableBucketPolicy',
  's3tables:PutTablePolicy',
];

/** What AccountTrails deploys to each account. */
function trailResources(): Record<string, { readonly Type: string }> {
  const app = new App();
  const stack = new Stack(app, 'trails', { env: { account: '111122223333', region: 'eu-central-1' } });
  new AccountTrails(stack, 'Trails', {
    boundary: ResidencyBoundary.eu(),
    organizationalUnits: ['ou-ab12-11111111'],
  });
  const [set] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFormation::StackSet'));
  return JSON.parse(set?.Properties.TemplateBody).Resources;
}

const findings = (requests: readonly Request[]): string[] => {
  const questions = questionsOf(allowed('deployer', ...requests), SETS);
  return findingsOf(questions, decide(questions));
};

describe('the bootstrap of the CDK', () => {
  test('stays possible for a role that deploys', () => {
    expect(findings(bootstrapping())).toEqual([]);
  });

  test('lets the CLI publish and deploy', () => {
    expect(findings(callsOfRoles())).toEqual([]);
  });
});

describe('StackSets', () => {
  test.each([
    ['the hook', constructResources],
    ['the trail', trailResources],
  ])('deploy %s by their own role', (_, resources) => {
    const types = Object.values(resources()).map(({ Type }) => Type);
    expect(types.length).toBeGreaterThan(3);
    const made = requestsFor([...new Set(types)]).filter(({ action }) => !UNUSED.includes(action));
    const requests = made.map(
      (one): Request => ({
        ...one,
        name: one.name.replace('CloudFormation', 'a StackSet'),
        as: 'stackSets',
        context: { ...one.context, ...UNTAGGED },
      }),
    );
    expect(findings(requests)).toEqual([]);
  });
});

describe('commands of people', () => {
  test('stay allowed', () => {
    expect(findings(commandRequests())).toEqual([]);
  });

  test('are those of the code', () => {
    const found = readdirSync(CLI, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(path.join(CLI, file), 'utf8').matchAll(CALLS)])
      .map(([, command, pages, signed, own]) => command ?? pages ?? signed ?? own);
    expect([...new Set(found)].sort()).toEqual([...Object.keys(COMMANDS), ...UNLISTED].sort());
  });
});
