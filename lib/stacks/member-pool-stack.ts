import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { MemberPool, type MemberPoolProps } from '../constructs/members/member-pool';

/** Construction properties for a MemberPoolStack. */
export interface MemberPoolStackProps extends StackProps, MemberPoolProps {}

/** The values that the operator of an identity provider needs. */
const identityProviderOutputs = (pool: MemberPool): [string, string, string][] => [
  ['SamlEntityId', 'By SAML: the entity id of this service provider', pool.serviceProviderEntityId],
  ['SamlAcsUrl', 'By SAML: where assertions are sent, by POST', pool.assertionConsumerUrl],
  ['OidcRedirectUrl', 'By OpenID Connect: where the provider leads back to', pool.redirectUrl],
];

/** Outputs the values that the operator of a pool's identity provider needs. */
export function showToProvider(stack: Stack, pool: MemberPool): void {
  if (!pool.isFederated) return;
  for (const [id, description, value] of identityProviderOutputs(pool))
    new CfnOutput(stack, id, { description, value });
}

/** A user pool that several workspaces share: one registration with an identity provider. */
export class MemberPoolStack extends Stack {
  /** The pool. */
  public readonly pool: MemberPool;

  constructor(scope: Construct, id: string, props: MemberPoolStackProps) {
    super(scope, id, props);
    this.pool = new MemberPool(this, 'Members', props);
    showToProvider(this, this.pool);
  }
}
