import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { PolicyRollout } from '@/lib/constructs/perimeter/policy-rollout';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { attachable, attachedName } from '@/lib/perimeter/organization/attachable';
import { perimeterDocuments } from '@/lib/perimeter/organization/documents';
import { policyLimit } from '@/lib/perimeter/organization/policy-limits';
import {
  OrganizationPoliciesStack,
  type OrganizationPoliciesStackProps,
} from '@/lib/stacks/organization-policies-stack';

const boundary = ResidencyBoundary.eu();
const TEST_UNIT = 'ou-ab12-11111111';
const base = { boundary, organization: 'o-exampleorgid' };

const REGIONS = { aws: 'eu-central-1', 'aws-eusc': 'eusc-de-east-1' } as const;

function stackIn(
  partition: keyof typeof REGIONS,
  props: Partial<OrganizationPoliciesStackProps> = {},
  app = new App(),
) {
  return new OrganizationPoliciesStack(app, 'Test', {
    env: { account: '111122223333', region: REGIONS[partition] },
    ...base,
    rollout: PolicyRollout.test(TEST_UNIT),
    ...props,
  });
}
const policiesOf = (stack: OrganizationPoliciesStack) =>
  Object.values(Template.fromStack(stack).findResources('AWS::Organizations::Policy'));

describe.each(['aws', 'aws-eusc'] as const)('in the partition %s', (partition) => {
  test.each([false, true])('each document is a policy on the test unit; with an egress: %s', (hasEgress) => {
    const documents = attachable(
      perimeterDocuments({
        ...base,
        partition,
        hasEgress,
        deployRoles: ['cdk-*-cfn-exec-role-*'],
        requiresBoundary: false,
      }),
    );
    const policies = policiesOf(stackIn(partition, { hasEgress }));
    expect(
      policies.map(({ Properties: { Name, Type, Content, TargetIds } }) => [Name, Type, Content, TargetIds]),
    ).toEqual(documents.map(({ document, type }) => [attachedName(document), type, document.content, [TEST_UNIT]]));
    const { characters, own } = policyLimit('scp', partition);
    const controls = policies.filter(({ Properties }) => Properties.Type === 'SERVICE_CONTROL_POLICY');
    expect(controls.length).toBeLessThanOrEqual(own);
    for (const { Properties } of controls)
      expect(JSON.stringify(Properties.Content).length).toBeLessThanOrEqual(characters);
  });

  test('the guard accepts it', () => {
    const app = new ResidencyApp({ boundary });
    stackIn(partition, {}, app);
    app.synth();
    expect(app.summary).toMatch(/^\d+ resources checked, 0 (?:blocking )?findings/);
  });
});

test('roles of tools and deployments are named', () => {
  const tools = { managementRoles: ['stacksets-exec-*'], managementAccount: '000011112222', deployments: ['chat'] };
  const text = JSON.stringify(policiesOf(stackIn('aws', tools)));
  expect(text).toContain('role*/stacksets-exec-*');
  expect(text).toContain('"aws:PrincipalAccount":"000011112222"');
  expect(text).toContain('"arn:aws:iam::*:role/chat-*"');
});

test('policies are changed one after the other, the last first', () => {
  const all = Object.entries(Template.fromStack(stackIn('aws')).findResources('AWS::Organizations::Policy'));
  expect(all.length).toBeGreaterThan(2);
  expect(all.map(([, { DependsOn }]) => DependsOn)).toEqual([...all.slice(1).map(([id]) => [id]), undefined]);
});

test('after the test they are attached elsewhere too, with its result', () => {
  const result = '2026-11-01 to 2026-11-14, two workloads, no call denied that was needed';
  const rollout = PolicyRollout.rolledOut(TEST_UNIT, result, 'r-ab12', '111122223333', TEST_UNIT);
  const stack = stackIn('aws', { rollout });
  const [policy] = policiesOf(stack);
  expect(policy?.Properties.TargetIds).toEqual([TEST_UNIT, 'r-ab12', '111122223333']);
  expect(policy?.Metadata['residency:tested']).toBe(result);
  Template.fromStack(stack).hasOutput('AttachedTo', { Value: `${TEST_UNIT}, r-ab12, 111122223333` });
});

test.each([
  ['a root as the test unit', () => PolicyRollout.test('r-ab12'), "got 'r-ab12'"],
  ['a test without a result', () => PolicyRollout.rolledOut(TEST_UNIT, ' ', 'r-ab12'), 'needs the result of the test'],
  ['no target', () => PolicyRollout.rolledOut(TEST_UNIT, 'tried'), 'got none'],
  ['a target that is no ID', () => PolicyRollout.rolledOut(TEST_UNIT, 'tried', 'Workloads'), "got 'Workloads'"],
  ['another form of organization', () => stackIn('aws', { organization: 'acme' }), "'organization' must be"],
  [
    'every role as one of a tool',
    () => stackIn('aws', { managementRoles: ['*'] }),
    "each of 'managementRoles' must be",
  ],
  [
    'a name as the account',
    () => stackIn('aws', { managementAccount: 'root' }),
    "must be the 12 digits of an account, got 'root'",
  ],
  [
    "a deployment with the beginning of CDK's roles",
    () => stackIn('aws', { deployments: ['cdk'] }),
    "in 'deployments': found 'cdk'",
  ],
  [
    'Control Tower without the management account',
    () => stackIn('aws', { managementRoles: ['AWSControlTower*'] }),
    "in 'managementRoles': found 'AWSControlTower*'",
  ],
  ['every deployment', () => stackIn('aws', { deployments: ['*'] }), "each of 'deployments' must be the name"],
  ['every role as one that deploys', () => stackIn('aws', { deployRoles: ['*'] }), "got '*'; the perimeter exempts"],
])('%s is refused', (_, make, expected) => {
  expect(make).toThrow(expected);
});
