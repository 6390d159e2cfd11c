import * as iam from 'aws-cdk-lib/aws-iam';
import { Resource, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { arnFor } from '../shared/across-regions';

/** What is granted of which key. */
export interface KeyGrant {
  readonly key: iam.IResourceWithPolicy & Construct;
  readonly keyArn: string;
  /** The names of the service through which alone the grant holds; direct use when left out. */
  readonly viaService?: string[];
  /** The encryption context in which alone the grant holds; any when left out. */
  readonly context?: Readonly<Record<string, string>>;
  readonly grantee: iam.IGrantable;
  readonly actions: string[];
}

/** Grants the use of a key by its own policy, and by the role's wherever that needs no circle between stacks. */
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

  const roleArn = writtenArn(principal);
  if (roleArn !== undefined) {
    // The role may be created after the key, when KMS would refuse to name it as a principal; and a reference to it
    // would close a circle, since the role's own policy refers to the key.
    return iam.Grant.addToPrincipalAndResource({
      ...shared,
      resourceArns: [arnFor(grantee, key, keyArn)],
      resourcePolicyPrincipal: new iam.AccountPrincipal(Stack.of(key).account),
      conditions: { ...conditions, ArnEquals: { 'aws:PrincipalArn': roleArn } },
    });
  }
  if (viaService !== undefined) {
    throw new Error(
      `${principal.node.path} needs a fixed name because it is in another stack than what ${key.node.scope?.node.path} encrypts, ` +
        `got a role without one; set its 'roleName', or define it in stack ${Stack.of(key).stackName}`,
    );
  }
  // The role's stack comes first, so its policy can't refer to the key; that the key names the role is enough for KMS.
  return iam.Grant.addStatementToResourcePolicy({
    ...shared,
    statement: new iam.PolicyStatement({ actions, resources: ['*'], principals: [principal], conditions }),
  });
}

/** An encryption context as conditions know it. */
export const contextKeys = (context: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]));

function isElsewhere(principal: iam.IPrincipal, key: Construct): principal is iam.IPrincipal & Construct {
  return (
    Construct.isConstruct(principal) && Resource.isOwnedResource(principal) && Stack.of(principal) !== Stack.of(key)
  );
}

/** What CDK's wildcards mean for a symmetric key. Written out, since the role's own policy repeats them. */
const SYMMETRIC_ACTIONS: Record<string, string[]> = {
  'kms:GenerateDataKey*': ['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
  'kms:ReEncrypt*': ['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
};

/** The ARN of a role that was given a name, without referring to the role. */
function writtenArn(principal: Construct): string | undefined {
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
