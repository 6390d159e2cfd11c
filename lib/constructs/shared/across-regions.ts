import type * as iam from 'aws-cdk-lib/aws-iam';
import { CfnResource, Reference, ReferenceStrength, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * A value of a stack in another Region, or of a stack that must stay free to drop it. CloudFormation reads the value
 * there when it deploys the consuming stack. This needs no function, no parameter, and no export that is locked while
 * it is imported. CloudFormation doesn't notify the consumer of a change, so a change of the value must also change the
 * consumer's template.
 */
export const acrossRegions = (value: string): string =>
  Token.isUnresolved(value) ? Stack.consumeReference(attributeOf(value), ReferenceStrength.WEAK) : value;

/** The attribute of the resource itself. In another Region, the construct's own attribute would resolve to a name. */
function attributeOf(value: string): string {
  const found = Tokenization.reverse(value, { failConcat: false });
  if (!Reference.isReference(found) || !CfnResource.isCfnResource(found.target)) return value;
  const { target, displayName } = found;
  return displayName === 'Ref' ? target.ref : Token.asString(target.getAtt(displayName));
}

/** An ARN of an owner's stack in a form that the grantee's stack can refer to. */
export function arnFor(grantee: iam.IGrantable, owner: Construct, arn: string): string {
  const principal = grantee.grantPrincipal;
  const isElsewhere = Construct.isConstruct(principal) && Stack.of(principal).region !== Stack.of(owner).region;
  return isElsewhere ? acrossRegions(arn) : arn;
}
