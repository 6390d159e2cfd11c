import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { grantKey } from './key-grants';
import { checkKeyPolicy } from './key-policy-check';
import { SymmetricKey } from './symmetric-key';
import { viaServiceNames } from './via-service';

/** The properties of a PolicyKey. */
export interface PolicyKeyProps {
  readonly resource: kms.CfnKey;
  readonly document: iam.PolicyDocument;
  /** Accounts, in addition to the stack's own, whose roles and services may be named. */
  readonly otherAccounts: readonly string[];
  /**
   * The service through which alone grants apply.
   *
   * @default - direct use
   */
  readonly service?: string;
  /**
   * The encryption context in which alone grants apply.
   *
   * @default - any context
   */
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * A key whose policy names every principal that can use it.
 *
 * `kms.Key` isn't suitable. Depending on the feature flags of the app, it either allows root to generate data keys, or
 * lets IAM policies alone grant permissions. To a role of a dependent stack, it grants by naming the whole account.
 */
export class PolicyKey extends SymmetricKey {
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

  /** The same key for data that one service encrypts: its grantees can use it only through that service. */
  public through(service: string): PolicyKey {
    const id = `Through${service}`;
    return (this.node.tryFindChild(id) as PolicyKey | undefined) ?? new PolicyKey(this, id, { ...this.props, service });
  }

  /** The same key for data encrypted in one context: its grantees can use it directly, but only in that context. */
  public inContext(context: Readonly<Record<string, string>>): PolicyKey {
    const id = `In${Object.values(context).join('-')}`.replace(/[^A-Za-z0-9-]/g, '-');
    return (this.node.tryFindChild(id) as PolicyKey | undefined) ?? new PolicyKey(this, id, { ...this.props, context });
  }

  /** KMS's names of a service in the key's Region. */
  public viaService(service: string): string[] {
    return viaServiceNames(service, Stack.of(this).region);
  }

  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    const stack = Stack.of(this);
    const accounts = [stack.resolve(stack.account), ...this.props.otherAccounts];
    const refused = checkKeyPolicy(stack.resolve(statement.toStatementJson()), accounts);
    if (refused !== undefined) {
      throw new Error(
        `${this.node.path}: the key's policy must name each role that may use the key, and the account for which a service may, because only ` +
          `named principals may decrypt, got a statement for ${refused}; grant it to a role of the account, add a condition that names ` +
          "a role by aws:PrincipalArn or the service's source by aws:SourceAccount, or admit another account with 'otherAccounts'",
      );
    }
    this.props.document.addStatements(statement);
    return { statementAdded: true, policyDependable: this.props.resource };
  }

  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    const { service, context } = this.props;
    const viaService = service === undefined ? undefined : this.viaService(service);
    return grantKey({ key: this, keyArn: this.keyArn, viaService, context, grantee, actions });
  }
}
