import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';

/** A stack's template for a snapshot: what changes with the handlers' code, or with CDK's bootstrap, is left out. */
export function scrubbed(stack: Stack): object {
  const { Parameters, Rules, ...template } = Template.fromStack(stack).toJSON();
  return JSON.parse(JSON.stringify(template).replaceAll(/\b[0-9a-f]{64}\b/g, '<asset hash>'));
}
