import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Names, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { requireInside } from '../shared/require-inside';
import { keyForBucket, keyForTable, keyForTopic } from './key-for-service';
import { DECRYPT_ACTIONS, DESCRIBE_ACTIONS, ENCRYPT_ACTIONS, MANAGEMENT_ACTIONS } from './key-policy';
import { PolicyKey } from './policy-key';

type Conditions = Record<string, Record<string, unknown>>;

/** Construction properties for a ResidencyKey. */
export interface ResidencyKeyProps {
  /** Where the key may be. */
  readonly boundary: ResidencyBoundary;

  /**
   * What the key encrypts, for whoever sees it in the console.
   *
   * @default - the construct's path
   */
  readonly description?: string;

  /**
   * The key's alias, without `alias/`.
   *
   * @default - made from the construct's path
   */
  readonly alias?: string;

  /**
   * Who may manage the key besides those whom the account's IAM policies let manage it. Managers can't encrypt or decrypt,
   * but can change the key's policy, which the trail records.
   *
   * @default - only those whom IAM policies of the account let manage it
   */
  readonly administrators?: iam.IPrincipal[];

  /**
   * Other accounts whose roles may be granted the key, and whose services may be. They decide themselves who may assume
   * such a role.
   *
   * @default - only roles of the stack's own account may be granted the key
   */
  readonly otherAccounts?: AdmittedAccount[];
}

/** An account whose roles may be granted a key of another account. */
export interface AdmittedAccount {
  /** Its twelve digits. */
  readonly accountId: string;

  /** Why; kept in the metadata of the key. */
  readonly reason: string;
}

/**
 * A customer managed key in one Region, rotated every year and kept when its stack is deleted.
 *
 * Nobody may use it who isn't named in its policy: neither root nor an administrator with every IAM right. Whoever may
 * change the trust or the code of a role that is named, or the key's policy, can let themselves in; the trail of a
 * Foundation records it.
 *
 * Grant a role of another stack after giving it a `roleName`; without one, its stack must not depend on the key's.
 */
export class ResidencyKey extends Construct {
  /** The key. What CDK grants on it, or on a resource that it encrypts, is written into its policy. */
  public readonly key: kms.IKey;

  constructor(scope: Construct, id: string, props: ResidencyKeyProps) {
    super(scope, id);
    requireInside(this, props.boundary, 'its key decrypts personal data');
    const document = new iam.PolicyDocument();
    const resource = new kms.CfnKey(this, 'Resource', {
      description: props.description ?? this.node.path,
      keyPolicy: document,
      enableKeyRotation: true,
      // A replica could be made in any Region, by whoever may call ReplicateKey.
      multiRegion: false,
      pendingWindowInDays: 30,
    });
    resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const otherAccounts = this.admitted(props.otherAccounts ?? []);
    for (const { accountId, reason } of otherAccounts) resource.addMetadata(`residency:account:${accountId}`, reason);
    this.key = new PolicyKey(this, 'Policy', {
      resource,
      document,
      otherAccounts: otherAccounts.map(({ accountId }) => accountId),
    });
    new kms.CfnAlias(this, 'Alias', {
      aliasName: `alias/${props.alias ?? Names.uniqueResourceName(this, { maxLength: 200, separator: '-' })}`,
      targetKeyId: this.key.keyArn,
    });

    this.allow('AccountManages', MANAGEMENT_ACTIONS, [new iam.AccountRootPrincipal()]);
    if (props.administrators?.length) this.allow('AdministratorsManage', MANAGEMENT_ACTIONS, props.administrators);
  }

  /** Grants encrypting and decrypting with the key directly. */
  public grantEncryptDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.key.grantEncryptDecrypt(grantee);
  }

  /** Grants decrypting with the key directly. */
  public grantDecrypt(grantee: iam.IGrantable): iam.Grant {
    return this.key.grantDecrypt(grantee);
  }

  /** Grants encrypting with the key directly. */
  public grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this.key.grantEncrypt(grantee);
  }

  /** The key for a bucket: who is granted its objects can use the key through S3 only. */
  public forBucket(): kms.IKey {
    return keyForBucket(this.key);
  }

  /**
   * The key for a table: who is granted its items can use the key through DynamoDB only. Lets CloudFormation create
   * tables under it.
   */
  public forTable(): kms.IKey {
    return keyForTable(this.key);
  }

  /** The key for a topic: who is granted to publish can use the key through SNS only. */
  public forTopic(): kms.IKey {
    return keyForTopic(this.key);
  }

  /** Lets the alarms of this account and Region publish to topics under the key. */
  public allowAlarms(): void {
    const stack = Stack.of(this);
    this.allow(
      'Alarms',
      [...DECRYPT_ACTIONS, 'kms:GenerateDataKey*'],
      [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
      },
    );
  }

  /** Lets CloudWatch Logs encrypt log groups of this account and Region. */
  public allowLogGroups(): void {
    const stack = Stack.of(this);
    this.allow(
      'LogGroups',
      [...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS, ...ENCRYPT_ACTIONS],
      [new iam.ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': stack.formatArn({
            service: 'logs',
            resource: 'log-group:*',
          }),
        },
      },
    );
  }

  /** Lets CloudTrail encrypt what one trail writes. */
  public allowTrail(trailArn: string): void {
    // No condition on the encryption context: in a bucket with a bucket key it is the bucket's, not the trail's. And only
    // because of the bucket key CloudTrail must be able to decrypt, or it refuses to create the trail
    // (docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html).
    this.allow(
      'Trail',
      [...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS, 'kms:GenerateDataKey*'],
      [new iam.ServicePrincipal('cloudtrail.amazonaws.com')],
      { StringEquals: { 'aws:SourceArn': trailArn } },
    );
  }

  private admitted(accounts: readonly AdmittedAccount[]): readonly AdmittedAccount[] {
    const wrong = accounts.find(({ accountId, reason }) => !/^\d{12}$/.test(accountId) || reason.trim() === '');
    if (wrong === undefined) return accounts;
    throw new Error(
      `${this.node.path}: 'otherAccounts' must name each account by its twelve digits, with the reason why its roles may use ` +
        `the key, got '${wrong.accountId}' with reason '${wrong.reason}'; give both`,
    );
  }

  private allow(sid: string, actions: string[], principals: iam.IPrincipal[], conditions?: Conditions) {
    this.key.addToResourcePolicy(new iam.PolicyStatement({ sid, actions, resources: ['*'], principals, conditions }));
  }
}
