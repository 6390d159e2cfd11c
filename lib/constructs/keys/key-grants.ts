import * as iam from 'aws-cdk-lib/aws-iam';
import { Resource, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { arnFor } from '../shared/across-regions';

/** A grant of actions on a key. */
export interface KeyGrant {
  readonly key: iam.IResourceWithPolicy & Construct;
  readonly keyArn: string;
  /**
   * The names of the service through which alone the grant applies.
   *
   * @default - direct use
   */
  readonly viaService?: string[];
  /**
   * The encryption context in which alone the grant applies.
   *
   * @default - any context
   */
  readonly context?: Readonly<Record<string, string>>;
  readonly grantee: iam.IGrantable;
  readonly actions: string[];
}

/**
 * Grants the use of a key in its own policy, and in the role's policy if that creates no circular reference between
 * stacks.
 */
export function grantKey({ key, keyArn, viaService, context = {}, grantee, actions: given }: KeyGrant): iam.Grant {
  const principal = grantee.grantPrincipal;
  const actions = given.flatMap((action) => SYMMETRIC_ACTIONS[action] ?? [action]);
  const shared = { grantee, actions, resource: key, resourceArns: [keyArn], resourceSelfArns: ['*'] };
  if ('Service' in principal.policyFragment.principalJson) {
    const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(key).account } };
    return iam.Grant.addToPrincipalAndResource({ ...shared, conditions });
  }
  const equals = { ...(viaService && { 'kms:ViaService': viaService }), ...contextKeys(context) };
  const conditions: Record<string, Record<string, unknown>> = Object.keys(equals).length === 0
    ? {}
    : { StringEquals: equals };
  if (!isElsewhere(principal, key)) return iam.Grant.addToPrincipalAndResource({ ...shared, conditions });

  const roleArn = literalArn(principal);
  if (roleArn !== undefined) {
    // The role may be created after the key, and KMS refuses to name a principal that doesn't exist. A reference to the
    // role would be circular, because the role's own policy refers to the key.
    return iam.Grant.addToPrincipalAndResource({
      ...shared,
      resourceArns: [arnFor(grantee, key, keyArn)],
      resourcePolicyPrincipal: new iam.AccountPrincipal(Stack.of(key).account),
      conditions: { ...conditions, ArnEquals: { 'aws:PrincipalArn': roleArn } },
    });
  }
  if (viaService !== undefined) {
    throw new Error(
      `${principal.node.path} needs a fixed name because it is in another stack than the resource that ${key.node.scope?.node.path} ` +
        `encrypts, got a role without a name; set its 'roleName', or define it in stack ${Stack.of(key).stackName}`,
    );
  }
  // The role's stack is deployed first, so its policy can't refer to the key. KMS only needs the key's policy to name
  // the role.
  return iam.Grant.addStatementToResourcePolicy({
    ...shared,
    statement: new iam.PolicyStatement({ actions, resources: ['*'], principals: [principal], conditions }),
  });
}

/** An encryption context as condition keys. */
export const contextKeys = (context: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]));

function isElsewhere(principal: iam.IPrincipal, key: Construct): principal is iam.IPrincipal & Construct {
  return (
    Construct.isConstruct(principal) && Resource.isOwnedResource(principal) && Stack.of(principal) !== Stack.of(key)
  );
}

/** CDK's wildcards for a symmetric key, expanded because the role's own policy repeats them. */
const SYMMETRIC_ACTIONS: Record<string, string[]> = {
  'kms:GenerateDataKey*': ['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
  'kms:ReEncrypt*': ['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
};

/** The ARN of a named role, without a reference to the role. */
function literalArn(principal: Construct): string | undefined {
  const role = principal.node.defaultChild;
  if (!(role instanceof iam.CfnRole) || role.roleName === undefined || Token.isUnresolved(role.roleName)) {
    return undefined;
  }
  const path = (role.path ?? '/').slice(1);
  return Stack.of(role).formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: `${path}${role.roleName}`,
  });
}
