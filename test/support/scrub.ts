import { Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib/core';

/** A stack's template for a snapshot, without what changes with the handlers' code or CDK's bootstrap. */
export function scrubbed(stack: Stack): object {
  const template = Template.fromStack(stack).toJSON();
  delete template.Parameters?.BootstrapVersion;
  delete template.Rules?.CheckBootstrapVersion;
  return JSON.parse(JSON.stringify(template).replaceAll(/\b[0-9a-f]{64}\b/g, '<asset hash>'));
}
