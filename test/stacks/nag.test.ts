import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { deploymentStacks } from '../support/deployment';

interface Rule {
  readonly ruleName: string;
}

/** What a synthesis under AwsSolutionsChecks found, and what was acknowledged. */
function check(account: string) {
  const app = new App();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  deploymentStacks(undefined, { app, account });
  app.synth();
  const report = JSON.parse(readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'));
  const { violations, suppressedViolations } = report.pluginReports[0];
  const names = (rules: Rule[]) => [...new Set(rules.map(({ ruleName }) => ruleName))].sort();
  return { found: names(violations), acknowledged: names(suppressedViolations) };
}

test.each([
  ['an account', '111122223333', '111122223333'],
  ['no account', 'none', '<AWS::AccountId>'],
])('all stacks pass AwsSolutionsChecks with %s, but for what is acknowledged', (_, account, written) => {
  expect(check(account)).toEqual({
    found: [],
    acknowledged: [
      'AwsSolutions-APIG2',
      'AwsSolutions-APIG6',
      'AwsSolutions-COG4',
      'AwsSolutions-IAM5[Resource::*]',
      `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ec2:eu-central-1:${written}:*/*]`,
    ],
  });
});
