import { ReferenceStrength, Stack, Token } from 'aws-cdk-lib/core';

/**
 * A value of a stack in another Region, or of one that shall be free to drop it, which CloudFormation reads there by itself when
 * it deploys the stack that uses it: no function, no parameter, no export that is locked as long as somebody imports it. It isn't told when the value changes, so what changes it has to change the template too.
 */
export const acrossRegions = (value: string): string =>
  Token.isUnresolved(value) ? Stack.consumeReference(value, ReferenceStrength.WEAK) : value;
