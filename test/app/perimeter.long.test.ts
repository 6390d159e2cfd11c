import { Template } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import type { DeploymentConfig } from '@/lib/config/model/config';
import { requiredBoundary } from '@/lib/config/required-boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { blocks } from '@/lib/guard/finding';
import { deploymentStacks, EU, IN_THREE_REGIONS } from '../support/deployment';
import { withEgress } from '../support/egress-deployment';
import { FEATURE_FLAGS, WITHOUT_TRACES } from '../support/feature-flags';

const perimeter = {
  organization: 'o-exampleorgid',
  deployRoles: ['cdk-*-cfn-exec-role-*'],
  guardrails: [],
  permissionsBoundary: true,
};
const ARN = 'arn:aws:iam::111122223333:policy/exemple-residency-boundary';

const rolesOf = (stack: Stack) =>
  ['AWS::IAM::Role', 'AWS::IAM::User'].flatMap((type) =>
    Object.values(Template.fromStack(stack).findResources(type)).map(
      ({ Properties }) => Properties.PermissionsBoundary,
    ),
  );

function synthesized(deployment: DeploymentConfig) {
  const app = new App({ context: { ...FEATURE_FLAGS, ...WITHOUT_TRACES } });
  const stacks = deploymentStacks(deployment, { app });
  app.synth();
  return stacks;
}

describe.each([
  ['with an egress', { ...withEgress(), recoveryRegion: 'eu-west-1', perimeter }],
  ['in three Regions', { ...IN_THREE_REGIONS, perimeter }],
])('a deployment %s', (_, deployment: DeploymentConfig) => {
  const stacks = synthesized(deployment);
  const all = stacks.all();

  test('has the boundary on every role of every stack', () => {
    const found = all.flatMap(rolesOf);
    expect(found.length).toBeGreaterThan(30);
    expect([...new Set(found)]).toEqual([ARN]);
  });

  test('has one policy, which every other stack waits for', () => {
    const policies = all.flatMap((stack) =>
      Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).map(
        ({ Properties }) => Properties,
      ),
    );
    const required = requiredBoundary(EU, perimeter, deployment);
    expect(policies).toEqual([
      expect.objectContaining({
        ManagedPolicyName: 'exemple-residency-boundary',
        PolicyDocument: required?.documents?.[0],
      }),
    ]);
    const [first, ...others] = all;
    expect(first).toBe(stacks.perimeter);
    for (const stack of others) expect(stack.dependencies).toContain(first);
  });

  test('passes the guard, which refuses each role without the boundary', () => {
    const permissionsBoundary = requiredBoundary(EU, perimeter, deployment);
    for (const stack of all) {
      const template = Template.fromStack(stack).toJSON();
      const check = (changed: typeof template) =>
        checkTemplate(changed, { boundary: EU, stack: 'a', deployRegion: stack.region, permissionsBoundary })
          .findings.filter(blocks)
          .filter(({ rule }) => ['permissions-boundary', 'iam-reach'].includes(rule));
      expect(check(template)).toEqual([]);
      const without = JSON.parse(
        JSON.stringify(template, (key, value) => (key === 'PermissionsBoundary' ? undefined : value)),
      );
      expect(check(without)).toHaveLength(rolesOf(stack).length);
    }
  });
});

test.each([
  ['without a perimeter', IN_THREE_REGIONS],
  [
    'whose perimeter leaves roles alone',
    { ...IN_THREE_REGIONS, perimeter: { ...perimeter, permissionsBoundary: false } },
  ],
])('a deployment %s has no boundary', (_, deployment) => {
  const stacks = synthesized(deployment);
  expect(stacks.perimeter).toBeUndefined();
  expect([...new Set(stacks.all().flatMap(rolesOf))]).toEqual([undefined]);
});
