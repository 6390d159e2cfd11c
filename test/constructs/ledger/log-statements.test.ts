import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import { inStatements } from '@/lib/constructs/ledger/log-statements';

/** As long as the gateway's of a workspace with a name of eight letters. */
const arns = (count: number) =>
  Array.from(
    { length: count },
    (_, index) =>
      `arn:aws:logs:eu-central-1:111122223333:log-group:exemple-workspace-${String(index).padStart(8, 'w')}-WorkspaceGatewayLogGroup1A2B3C4D-*`,
  );

/** The policies that CDK makes of a role with these statements, next to as many others as the ledger has. */
function policiesOf(groups: readonly (readonly string[])[]) {
  const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region: 'eu-central-1' } });
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(
    new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: [`arn:aws:s3:::${'b'.repeat(1_000)}/*`] }),
  );
  for (const resources of groups)
    role.addToPolicy(new iam.PolicyStatement({ actions: ['logs:FilterLogEvents'], resources: [...resources] }));
  const template = Template.fromStack(stack);
  const sizes = (type: string) =>
    Object.values(template.findResources(type)).map(
      ({ Properties }) => JSON.stringify(Properties.PolicyDocument).length,
    );
  return { inline: sizes('AWS::IAM::Policy'), managed: sizes('AWS::IAM::ManagedPolicy') };
}

test.each([1, 26, 50, 75])('%i gateways are in one statement, as in version 0.1.0, which stays inline', (count) => {
  const groups = inStatements(arns(count));
  expect(groups).toEqual([arns(count)]);
  const { inline, managed } = policiesOf(groups);
  expect([inline.length, managed]).toEqual([1, []]);
  expect(inline[0]).toBeLessThanOrEqual(10_240);
});

test.each([76, 100, 500])('%i gateways are in statements that fit inline or managed policies', (count) => {
  const groups = inStatements(arns(count));
  expect(groups.flat()).toEqual(arns(count));
  expect(Math.max(...groups.map((one) => one.length))).toBe(25);
  const { inline, managed } = policiesOf(groups);
  expect(Math.max(...inline)).toBeLessThanOrEqual(10_240);
  expect(Math.max(0, ...managed)).toBeLessThanOrEqual(6_144);
});
