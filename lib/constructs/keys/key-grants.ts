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
  const actions = expanded(given);
  const shared = { grantee, actions, resource: key, resourceArns: [keyArn], resourceSelfArns: ['*'] };
  if ('Service' in principal.policyFragment.principalJson) {
    const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(key).account } };
    return iam.Grant.addToPrincipalAndResource({ ...shared, conditions });
  }
  const equals = { ...(viaService && { 'kms:ViaService': viaService }), ...contextKeys(context) };
  const conditions: Record<string, Record<string, unknown>> = Object.keys(equals).length === 0
    ? {}
    : { StringEquals: equals };
  const named = (roleArn: string) => ({ ...conditions, ArnEquals: { 'aws:PrincipalArn': roleArn } });
  const { account } = Stack.of(key);
  if (!isElsewhere(principal, key)) {
    if (!(principal instanceof iam.Role)) return iam.Grant.addToPrincipalAndResource({ ...shared, conditions });
    // KMS refuses to name a principal that it doesn't know yet, seconds after the role was created. It also stores a named
    // role by its ID, so a role that is created again under the same name would be locked out.
    const statement = new iam.PolicyStatement({
      actions,
      resources: ['*'],
      principals: [new iam.AccountPrincipal(account)],
      conditions: named(principal.roleArn),
    });
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [keyArn], conditions }).combine(
      iam.Grant.addStatementToResourcePolicy({ ...shared, statement }),
    );
  }

  const roleArn = literalArn(principal);
  if (roleArn !== undefined) {
    // The role may be created after the key. A reference to it would be circular, because the role's own policy refers to
    // the key.
    return iam.Grant.addToPrincipalAndResource({
      ...shared,
      resourceArns: [arnFor(grantee, key, keyArn)],
      resourcePolicyPrincipal: new iam.AccountPrincipal(account),
      conditions: named(roleArn),
    });
  }
  if (viaService !== undefined) {
    throw new Error(
      `${principal.node.path} needs a fixed name because it is in another stack than the resource that ${key.node.scope?.node.path} ` +
        `encrypts, got a role without a name; set its 'roleName', or define it in stack ${Stack.of(key).stackName}`,
    );
  }
  // The role's stack is deployed first, so its policy can't refer to the key, and the key's policy has to suffice.
  const statement =
    principal instanceof iam.Role
      ? roleStatement({ actions, roleArn: principal.roleArn, account, equals })
      : new iam.PolicyStatement({ actions, resources: ['*'], principals: [principal], conditions });
  return iam.Grant.addStatementToResourcePolicy({ ...shared, statement });
}

/**
 * A statement that suffices without an IAM policy. It names any principal, and conditions narrow it to one role: KMS refuses
 * to name a role that it doesn't know yet.
 */
export const roleStatement = (of: {
  readonly sid?: string;
  readonly actions: string[];
  readonly roleArn: string;
  /** The role's account. */
  readonly account: string;
  /** Further condition keys, with their values. */
  readonly equals: Readonly<Record<string, string | string[]>>;
}): iam.PolicyStatement =>
  new iam.PolicyStatement({
    sid: of.sid,
    actions: of.actions,
    resources: ['*'],
    principals: [new iam.AnyPrincipal()],
    conditions: {
      ArnEquals: { 'aws:PrincipalArn': of.roleArn },
      StringEquals: { 'kms:CallerAccount': of.account, ...of.equals },
    },
  });

/** An encryption context as condition keys. */
export const contextKeys = (context: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(context).map(([name, value]) => [`kms:EncryptionContext:${name}`, value]));

function isElsewhere(principal: iam.IPrincipal, key: Construct): principal is iam.IPrincipal & Construct {
  return (
    Construct.isConstruct(principal) && Resource.isOwnedResource(principal) && Stack.of(principal) !== Stack.of(key)
  );
}

/** The actions of a grant without CDK's wildcards, because the role's own policy repeats them. */
export const expanded = (actions: readonly string[]): string[] =>
  actions.flatMap((action) => SYMMETRIC_ACTIONS[action] ?? [action]);

/** CDK's wildcards for a symmetric key. */
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
