import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DEPLOYMENT, deploymentStacks, IN_THREE_REGIONS } from '../support/deployment';
import { withEgress } from '../support/egress-deployment';
import { FEATURE_FLAGS } from '../support/feature-flags';

interface Rule {
  readonly ruleName: string;
}

/** What a synthesis under AwsSolutionsChecks found, and what was acknowledged. */
function check(account: string, context = {}, deployment = DEPLOYMENT) {
  const app = new App({ context });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  deploymentStacks(deployment, { app, account });
  app.synth();
  const report = JSON.parse(readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'));
  const { violations, suppressedViolations } = report.pluginReports[0];
  const names = (rules: Rule[]) => [...new Set(rules.map(({ ruleName }) => ruleName))].sort();
  return { found: names(violations), acknowledged: names(suppressedViolations) };
}

test.each([
  ['an account', '111122223333', 'arn:<AWS::Partition>:ec2:eu-central-1:111122223333:*/*', {}],
  ['no account', 'none', 'arn:<AWS::Partition>:ec2:eu-central-1:<AWS::AccountId>:*/*', {}],
  ['the feature flags of the app', 'none', 'arn:aws:ec2:eu-central-1:<AWS::AccountId>:*/*', FEATURE_FLAGS],
])('all stacks pass AwsSolutionsChecks with %s, except for acknowledged rules', (_, account, interfaces, context) => {
  expect(check(account, context)).toEqual({
    found: [],
    acknowledged: [
      'AwsSolutions-APIG2',
      'AwsSolutions-APIG4',
      'AwsSolutions-APIG6',
      'AwsSolutions-COG4',
      'AwsSolutions-COG8',
      'AwsSolutions-IAM5[Resource::*]',
      `AwsSolutions-IAM5[Resource::${interfaces}]`,
      'AwsSolutions-SF2',
    ],
  });
});

const WITH_KEYS = {
  ...DEPLOYMENT,
  workspaces: DEPLOYMENT.workspaces.map((workspace) => ({ ...workspace, keys: { signInWithinDays: 30 } })),
};

test("members' keys acknowledge the rules on authorizers for the methods of /key/v1 only", () => {
  expect(check('111122223333', {}, WITH_KEYS)).toEqual(check('111122223333'));
});

test('the stacks of further Regions acknowledge no additional rules', () => {
  expect(check('111122223333', {}, IN_THREE_REGIONS)).toEqual(check('111122223333'));
});

test('the stacks of a recovery Region additionally acknowledge only access logs without logging', () => {
  const { found, acknowledged } = check('111122223333', {}, { ...DEPLOYMENT, recoveryRegion: 'eu-west-1' });
  expect(found).toEqual([]);
  const before = check('111122223333').acknowledged;
  expect(acknowledged.filter((rule) => !before.includes(rule))).toEqual([
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ec2:eu-west-1:111122223333:*/*]',
    'AwsSolutions-S1',
  ]);
});

test('open projects acknowledge no rule that others do not', () => {
  const openProjects = { models: ['fast'], limits: { tokensPerDay: 1_000 }, maximum: 500 };
  expect(check('111122223333', {}, { ...DEPLOYMENT, openProjects })).toEqual(check('111122223333'));
});

test('the stack of an egress additionally acknowledges only keys that are not rotated and a VPC without flow logs', () => {
  const { found, acknowledged } = check('111122223333', {}, withEgress());
  expect(found).toEqual([]);
  const before = check('111122223333').acknowledged;
  expect(acknowledged.filter((rule) => !before.includes(rule))).toEqual(['AwsSolutions-SMG4', 'AwsSolutions-VPC7']);
});
