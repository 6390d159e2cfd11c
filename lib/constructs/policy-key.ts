import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Resource, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { findRegion } from '../facts/region';
import { DECRYPT_ACTIONS, DESCRIBE_ACTIONS, ENCRYPT_ACTIONS, tooWide } from './key-policy';

/** What a PolicyKey stands for. */
export interface PolicyKeyProps {
  readonly resource: kms.CfnKey;
  readonly document: iam.PolicyDocument;
  /** The service through which alone grants hold; direct use when left out. */
  readonly service?: string;
}

/**
 * A key whose policy names everybody who may use it.
 *
 * `kms.Key` would not do. By the feature flags of the app that holds it, it either lets root generate data keys, or lets
 * IAM policies alone give rights; and to a role of a dependent stack it grants by naming the whole account.
 */
export class PolicyKey extends Resource implements kms.IKey {
  public readonly keyArn: string;
  public readonly keyId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PolicyKeyProps,
  ) {
    super(scope, id);
    this.keyArn = props.resource.attrArn;
    this.keyId = props.resource.ref;
  }

  public get keyRef(): kms.KeyReference {
    return { keyArn: this.keyArn, keyId: this.keyId };
  }

  /** The same key for what one service encrypts: whoever is granted it can't use it past that service. */
  public through(service: string): PolicyKey {
    const id = `Through${service}`;
    return (this.node.tryFindChild(id) as PolicyKey | undefined) ?? new PolicyKey(this, id, { ...this.props, service });
  }

  /** The names by which KMS knows a service here; which suffix a sovereign partition uses isn't documented. */
  public viaService(service: string): string[] {
    const { region } = Stack.of(this);
    const suffixes = new Set(['amazonaws.com', findRegion(region)?.dnsSuffix ?? 'amazonaws.com']);
    return [...suffixes].map((suffix) => `${service}.${region}.${suffix}`);
  }

  public addAlias(aliasName: string): kms.Alias {
    return new kms.Alias(this, `Alias${aliasName}`, { aliasName, targetKey: this });
  }

  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    const wide = tooWide(Stack.of(this).resolve(statement.toStatementJson()));
    if (wide !== undefined) {
      throw new Error(
        `${this.node.path}: the key's policy must name each role that may use the key, and on whose behalf a service may, ` +
          `got a statement for ${wide}; grant it to a role, or add a condition on aws:PrincipalArn or aws:SourceAccount`,
      );
    }
    this.props.document.addStatements(statement);
    return { statementAdded: true, policyDependable: this.props.resource };
  }

  public grant(grantee: iam.IGrantable, ...given: string[]): iam.Grant {
    const principal = grantee.grantPrincipal;
    const actions = given.flatMap((action) => SYMMETRIC_ACTIONS[action] ?? [action]);
    const shared = { grantee, actions, resource: this, resourceArns: [this.keyArn], resourceSelfArns: ['*'] };
    if ('Service' in principal.policyFragment.principalJson) {
      const conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
      return iam.Grant.addToPrincipalAndResource({ ...shared, conditions });
    }
    const { service } = this.props;
    const conditions: Record<string, Record<string, unknown>> = service === undefined
      ? {}
      : { StringEquals: { 'kms:ViaService': this.viaService(service) } };
    if (!this.isElsewhere(principal)) return iam.Grant.addToPrincipalAndResource({ ...shared, conditions });

    const roleArn = writtenArn(principal);
    if (roleArn !== undefined) {
      // The role may be created after the key, when KMS would refuse to name it as a principal; and a reference to it
      // would close a circle, since the role's own policy refers to the key.
      return iam.Grant.addToPrincipalAndResource({
        ...shared,
        resourcePolicyPrincipal: new iam.AccountPrincipal(Stack.of(this).account),
        conditions: { ...conditions, ArnEquals: { 'aws:PrincipalArn': roleArn } },
      });
    }
    if (service !== undefined) {
      throw new Error(
        `${principal.node.path} needs a fixed name because it is in another stack than what ${this.node.scope?.node.path} encrypts, ` +
          `got a role without one; set its 'roleName', or define it in stack ${Stack.of(this).stackName}`,
      );
    }
    // The role's stack comes first, so its policy can't refer to the key; that the key names the role is enough for KMS.
    return iam.Grant.addStatementToResourcePolicy({
      ...shared,
      statement: new iam.PolicyStatement({ actions, resources: ['*'], principals: [principal], conditions }),
    });
  }

  public grantDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS);
  }

  public grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...ENCRYPT_ACTIONS, ...DESCRIBE_ACTIONS);
  }

  public grantEncryptDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, ...DECRYPT_ACTIONS, ...ENCRYPT_ACTIONS, ...DESCRIBE_ACTIONS);
  }

  public grantSign(): iam.Grant {
    return this.cannot('sign');
  }

  public grantVerify(): iam.Grant {
    return this.cannot('verify');
  }

  public grantSignVerify(): iam.Grant {
    return this.cannot('sign and verify');
  }

  public grantGenerateMac(): iam.Grant {
    return this.cannot('generate MACs');
  }

  public grantVerifyMac(): iam.Grant {
    return this.cannot('verify MACs');
  }

  private isElsewhere(principal: iam.IPrincipal): principal is iam.IPrincipal & Construct {
    return (
      Construct.isConstruct(principal) && Resource.isOwnedResource(principal) && Stack.of(principal) !== Stack.of(this)
    );
  }

  private cannot(use: string): never {
    throw new Error(`${this.node.path}: a symmetric encryption key can't ${use}; use a key made for that`);
  }
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
