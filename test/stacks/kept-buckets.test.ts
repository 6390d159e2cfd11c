import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';
import { deploymentStacks } from '../support/deployment';

test('a bucket that outlives its stack retains its policy', () => {
  const { foundation, workspaces } = deploymentStacks();
  const policies = [foundation as Stack, ...workspaces].flatMap((stack) =>
    Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy')),
  );
  expect(policies.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(Array(4).fill('Retain'));
});
