import type * as iam from 'aws-cdk-lib/aws-iam';
import { CfnResource, Reference, ReferenceStrength, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * A value of a stack in another Region, or of one that shall be free to drop it, which CloudFormation reads there by itself when
 * it deploys the stack that uses it: no function, no parameter, no export that is locked as long as somebody imports it. It isn't told when the value changes, so what changes it has to change the template too.
 */
export const acrossRegions = (value: string): string =>
  Token.isUnresolved(value) ? Stack.consumeReference(attributeOf(value), ReferenceStrength.WEAK) : value;

/** The attribute of a resource itself; what a construct says of its own in its place would be a name, in another Region. */
function attributeOf(value: string): string {
  const found = Tokenization.reverse(value, { failConcat: false });
  if (!Reference.isReference(found) || !CfnResource.isCfnResource(found.target)) return value;
  const { target, displayName } = found;
  return displayName === 'Ref' ? target.ref : Token.asString(target.getAtt(displayName));
}

/** An ARN of an owner's stack as the stack of whoever is granted it may refer to it. */
export function arnFor(grantee: iam.IGrantable, owner: Construct, arn: string): string {
  const principal = grantee.grantPrincipal;
  const isElsewhere = Construct.isConstruct(principal) && Stack.of(principal).region !== Stack.of(owner).region;
  return isElsewhere ? acrossRegions(arn) : arn;
}
