import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { DEPLOYMENT, deploymentStacks } from '../support/deployment';
import { FEATURE_FLAGS } from '../support/feature-flags';

test('the stacks of a perimeter pass AwsSolutionsChecks', () => {
  const app = new App({ context: FEATURE_FLAGS });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  const perimeter = {
    organization: 'o-exampleorgid',
    deployRoles: ['cdk-*-cfn-exec-role-*'],
    guardrails: [],
    permissionsBoundary: true,
  };
  deploymentStacks({ ...DEPLOYMENT, workspaces: [], perimeter }, { app });
  app.synth();
  const report = JSON.parse(readFileSync(path.join(app.outdir, 'validation-report.json'), 'utf8'));
  expect(report.pluginReports[0].violations).toEqual([]);
});
