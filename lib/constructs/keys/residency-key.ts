import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Names, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { ALWAYS_RETAINED, RETAINED_ONCE_CREATED } from '../shared/removal';
import { requireInside } from '../shared/require-inside';
import { keyForBucket, keyForTable, keyForTopic } from './key-for-service';
import { DECRYPT_ACTIONS, DESCRIBE_ACTIONS, ENCRYPT_ACTIONS, MANAGEMENT_ACTIONS } from './key-policy';
import { PolicyKey } from './policy-key';
import { viaServiceNames } from './via-service';

type Conditions = Record<string, Record<string, unknown>>;

/** Construction properties for a ResidencyKey. */
export interface ResidencyKeyProps {
  /** The boundary in which the key may be. */
  readonly boundary: ResidencyBoundary;

  /**
   * The purpose of the key, shown in the console.
   *
   * @default - the construct's path
   */
  readonly description?: string;

  /**
   * The key's alias, without `alias/`.
   *
   * @default - derived from the construct's path
   */
  readonly alias?: string;

  /**
   * Principals that can manage the key, in addition to those that the account's IAM policies allow. They can't encrypt
   * or decrypt, but can change the key's policy, which the trail records.
   *
   * @default - only principals that the account's IAM policies allow
   */
  readonly administrators?: iam.IPrincipal[];

  /**
   * Other accounts whose roles and services may be granted the key. These accounts decide who can assume such a role.
   *
   * @default - only roles of the stack's own account may be granted the key
   */
  readonly otherAccounts?: AdmittedAccount[];
}

/** Another account whose roles may be granted the key. */
export interface AdmittedAccount {
  /** Its twelve-digit ID. */
  readonly accountId: string;

  /** The reason, stored in the metadata of the key. */
  readonly reason: string;
}

/**
 * A customer managed key in one Region, rotated every year and retained when its stack is deleted. If the first
 * deployment of its stack is refused, its deletion is scheduled.
 *
 * Only principals named in its policy can use it: neither root nor an administrator with all IAM permissions can.
 * Anyone who can change the trust policy or the code of a named role, or the key's policy, can grant themselves access;
 * the trail of a Foundation records it.
 *
 * Before you grant the key to a role of another stack, give the role a `roleName`. Without one, its stack must not
 * depend on the key's.
 *
 * KMS charges for each key per month and per request.
 */
export class ResidencyKey extends Construct {
  /** The key. CDK's grants on it, or on a resource that it encrypts, are written into its policy. */
  public readonly key: kms.IKey;

  /** @throws if the Region is outside the boundary, or another account lacks its ID or its reason */
  constructor(scope: Construct, id: string, props: ResidencyKeyProps) {
    super(scope, id);
    requireInside(this, props.boundary, 'its key decrypts personal data');
    const document = new iam.PolicyDocument();
    const resource = new kms.CfnKey(this, 'Resource', {
      description: props.description ?? this.node.path,
      keyPolicy: document,
      enableKeyRotation: true,
      // Any principal that can call ReplicateKey could create a replica in any Region.
      multiRegion: false,
      pendingWindowInDays: 30,
    });
    resource.applyRemovalPolicy(RETAINED_ONCE_CREATED);
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

  /** The key for a bucket: grantees of its objects can use the key only through S3. */
  public forBucket(): kms.IKey {
    return keyForBucket(this.key);
  }

  /**
   * The key for a table: grantees of its items can use the key only through DynamoDB. It also allows CloudFormation to
   * create tables under the key.
   */
  public forTable(): kms.IKey {
    return keyForTable(this.key);
  }

  /** The key for a topic: principals that can publish can use the key only through SNS. */
  public forTopic(): kms.IKey {
    return keyForTopic(this.key);
  }

  /** Allows alarms of this account and Region to publish to topics under the key. */
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

  /**
   * Allows alarms and roles of other accounts to publish to topics under the key. The accounts must be admitted.
   *
   * @param roles their ARNs. They needn't exist yet, so a condition names them, and not the principal
   * @internal
   */
  public _allowPublishersOf(accounts: readonly string[], roles: readonly string[]): void {
    const { partition, region } = Stack.of(this);
    const actions = [...DECRYPT_ACTIONS, 'kms:GenerateDataKey*'];
    this.allow('AlarmsOfAccounts', actions, [new iam.ServicePrincipal('cloudwatch.amazonaws.com')], {
      StringEquals: { 'aws:SourceAccount': accounts },
      ArnLike: { 'aws:SourceArn': accounts.map((id) => `arn:${partition}:cloudwatch:${region}:${id}:alarm:*`) },
    });
    const roots = accounts.map((id) => new iam.ArnPrincipal(`arn:${partition}:iam::${id}:root`));
    this.allow('RolesOfAccounts', actions, roots, {
      ArnEquals: { 'aws:PrincipalArn': roles },
      StringEquals: { 'kms:ViaService': viaServiceNames('sns', region) },
    });
  }

  /** Allows CloudWatch Logs to encrypt log groups of this account and Region. */
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

  /** Allows CloudTrail to encrypt the logs of one trail. */
  public allowTrail(trailArn: string): void {
    // No condition on the encryption context: in a bucket with a bucket key, the context is the bucket's and not the
    // trail's. The bucket key is also the reason why CloudTrail must be able to decrypt; otherwise it refuses to create
    // the trail (docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html).
    this.allow(
      'Trail',
      [...DECRYPT_ACTIONS, ...DESCRIBE_ACTIONS, 'kms:GenerateDataKey*'],
      [new iam.ServicePrincipal('cloudtrail.amazonaws.com')],
      { StringEquals: { 'aws:SourceArn': trailArn } },
    );
  }

  /**
   * Retains the key also if the first deployment of its stack is refused, because something may be stored under it by then.
   *
   * @internal
   */
  public _retainAlways(): void {
    (this.node.findChild('Resource') as kms.CfnKey).applyRemovalPolicy(ALWAYS_RETAINED);
  }

  private admitted(accounts: readonly AdmittedAccount[]): readonly AdmittedAccount[] {
    const wrong = accounts.find(({ accountId, reason }) => !/^\d{12}$/.test(accountId) || reason.trim() === '');
    if (wrong === undefined) return accounts;
    throw new Error(
      `${this.node.path}: 'otherAccounts' must name each account by its twelve digits and give the reason because its roles may then use ` +
        `the key, got '${wrong.accountId}' with reason '${wrong.reason}'; set both`,
    );
  }

  private allow(sid: string, actions: string[], principals: iam.IPrincipal[], conditions?: Conditions) {
    this.key.addToResourcePolicy(new iam.PolicyStatement({ sid, actions, resources: ['*'], principals, conditions }));
  }
}
