import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { ApiVariables, TokenVariables, WorkspaceVariables } from '../../contract/environment';
import { retentionTag, retentionText } from '../../contract/retention';
import { TAGS } from '../../contract/tags';
import type { InferenceModel } from '../checks/inference-model';
import type { Foundation } from '../foundation/foundation';
import { KeyWatch } from '../foundation/key-watch';
import type { ApiDomain } from '../gateway/api-domain';
import { GatewayTenant } from '../gateway/gateway-tenant';
import { InferenceGateway } from '../gateway/inference-gateway';
import type { WorkspaceLimits } from '../gateway/workspace-limits';
import { BranchKeyStore } from '../keys/branch-key-store';
import { ResidencyKey } from '../keys/residency-key';
import type { IdentityProvider } from '../members/identity-provider';
import { MemberPool } from '../members/member-pool';
import { type MemberGroups, type SignInPages, WorkspaceMembers } from '../members/workspace-members';
import { WorkspaceRights } from '../rights/workspace-rights';
import { ConversationStore } from '../stores/conversation-store';
import { FileStore } from '../stores/file-store';
import { RecoveryKeys } from '../stores/recovery-keys';
import type { RecoveryReplica } from '../stores/recovery-replica';
import { requireSameRetention } from '../stores/require-same-retention';
import type { RetentionPeriod } from '../stores/retention-period';
import { UsageTable } from '../stores/usage-table';

/** Whose workspace it is. */
export enum WorkspaceEdition {
  /** A company's or authority's. */
  ENTERPRISE = 'enterprise',

  /** A university's or school's. */
  EDU = 'edu',
}

/** Construction properties for a Workspace. */
export interface WorkspaceProps extends WorkspaceLimits {
  /** Where conversations may be stored and requests processed. */
  readonly boundary: ResidencyBoundary;

  /** The network, web ACL and log buckets that the workspace shares with others. */
  readonly foundation: Foundation;

  /** The workspace's id: lower-case letters, digits and inner hyphens. */
  readonly workspaceId: string;

  /** Whose workspace it is. */
  readonly edition: WorkspaceEdition;

  /** How long its conversations and files are kept. */
  readonly retention: RetentionPeriod;

  /** What its members may call. */
  readonly models: InferenceModel[];

  /**
   * The customer managed key of its conversations and files, in the Region of the stack.
   *
   * @default - a new ResidencyKey
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Where its conversations are stored. Its retention must be that of the workspace.
   *
   * @default - a new ConversationStore under the workspace's key
   */
  readonly conversations?: ConversationStore;

  /**
   * Where its files are stored. Its retention must be that of the workspace.
   *
   * @default - a new FileStore under the workspace's key
   */
  readonly files?: FileStore;

  /**
   * Where its conversations, files and keys are kept a second time. It can be added to a workspace that is there already.
   *
   * @default - nowhere: there is one copy, in the Region of the stack
   */
  readonly recovery?: RecoveryReplica;

  /**
   * Where its members are users. Several workspaces may share one: each takes only tokens that are made out to it.
   *
   * @default - a new MemberPool, whose users an administrator adds
   */
  readonly memberPool?: MemberPool;

  /**
   * Where the people of its own pool sign in. Refused beside `memberPool`, which has its own.
   *
   * @default - in the pool itself
   */
  readonly identityProvider?: IdentityProvider;

  /**
   * Which groups of the pool's identity provider have which role. Needed with a provider, and refused without.
   *
   * @default - groups of the pool itself: `ID-member`, `ID-admin` and `ID-auditor`, of the workspace's id
   */
  readonly memberGroups?: MemberGroups;

  /**
   * The host name that its API is under, at `/workspaces/ID/v1`. In the Region and account of the stack. Members sign in at
   * Cognito's own name all the same.
   *
   * @default - the name that API Gateway gives its API
   */
  readonly domain?: ApiDomain;

  /**
   * The pages from which members sign in.
   *
   * @default - a command on the member's machine
   */
  readonly signInPages?: SignInPages;
}

/** A tenant whose members' conversations are stored inside a boundary, under the workspace's own key. */
export class Workspace extends Construct {
  /** Its id. */
  public readonly workspaceId: string;

  /** The key of conversations and files. */
  public readonly encryptionKey: kms.IKey;

  /** Its conversations. */
  public readonly conversations: ConversationStore;

  /** Its files. */
  public readonly files: FileStore;

  /** Where it is kept a second time; none where it isn't. */
  public readonly recovery?: RecoveryReplica;

  /** Who comes into it. */
  public readonly members: WorkspaceMembers;

  /** The keys of its members, under the workspace's own: what is kept of a member can be read with the member's key only. */
  public readonly branchKeys: BranchKeyStore;

  /** How much it and its members used, without content. */
  public readonly usage: UsageTable;

  /** The API of its members, which alone has a right to the stores, beside what exercises the rights of users. */
  public readonly gateway: InferenceGateway;

  /** Exports, erasures, holds, and the period that content is kept for. */
  public readonly rights: WorkspaceRights;

  constructor(scope: Construct, id: string, props: WorkspaceProps) {
    super(scope, id);
    const { boundary, foundation, workspaceId, retention, recovery } = props;
    this.workspaceId = workspaceId;
    this.recovery = recovery;

    this.encryptionKey =
      props.encryptionKey ??
      new ResidencyKey(this, 'Key', { boundary, description: `Conversations and files of workspace ${workspaceId}` })
        .key;
    const store = { boundary, retention, encryptionKey: this.encryptionKey };
    this.conversations = props.conversations ?? new ConversationStore(this, 'Conversations', { ...store, recovery });
    const { accessLogBucket } = foundation;
    this.files = props.files ?? new FileStore(this, 'Files', { ...store, accessLogBucket, replica: recovery?.files });
    this.branchKeys = new BranchKeyStore(this, 'BranchKeys', {
      boundary,
      workspaceId,
      encryptionKey: this.encryptionKey,
    });
    this.usage = new UsageTable(this, 'Usage', { boundary, encryptionKey: this.encryptionKey });
    requireSameRetention(this, 'conversations', this.conversations.retention, retention, 'the workspace');
    requireSameRetention(this, 'files', this.files.retention, retention, 'the workspace');
    this.requireRecovery('conversations', this.conversations.recovery, recovery, 'recovery');
    this.requireRecovery('files', this.files.replica, recovery?.files, 'replica');

    this.members = new WorkspaceMembers(this, 'Members', {
      boundary,
      foundation,
      workspaceId,
      pool: this.poolOf(props),
      poolIsShared: props.memberPool !== undefined,
      groups: props.memberGroups,
      pages: props.signInPages,
    });
    const tenant = GatewayTenant.workspace(workspaceId, this.members, {
      tokensPerMemberPerDay: props.tokensPerMemberPerDay,
      tokensPerDay: props.tokensPerDay,
      requestsPerMinute: props.requestsPerMinute,
      windowTokens: props.windowTokens,
    });
    const { models, domain } = props;
    this.gateway = new InferenceGateway(this, 'Gateway', { boundary, foundation, tenant, models, domain });
    if (recovery) {
      const { branchKeys } = this;
      new RecoveryKeys(this, 'RecoveryKeys', { boundary, foundation, workspaceId, branchKeys, recovery });
    }
    new KeyWatch(this, 'KeyWatch', {
      foundation,
      keys: [this.encryptionKey, ...(recovery ? [recovery.encryptionKey] : [])],
    });
    this.connectStores();
    this.rights = new WorkspaceRights(this, 'Rights', {
      boundary,
      foundation,
      workspaceId,
      members: this.members,
      conversations: this.conversations,
      files: this.files,
      branchKeys: this.branchKeys,
      usage: this.usage,
      recovery,
      after: this.gateway.handler,
    });
    this.gateway._administer('rights', this.rights._adminFunction);
    Tags.of(this).add(TAGS.tenant, `workspace/${workspaceId}`);
    Tags.of(this).add(TAGS.edition, props.edition);
    Tags.of(this).add(TAGS.retention, retentionTag(retention.duration?.toDays()));
  }

  /** Grants reading the workspace's conversations and files, and using its key to do so. Nobody has this by default. */
  public grantReadContent(grantee: iam.IGrantable): iam.Grant {
    return this.conversations.grantRead(grantee).combine(this.files.grantRead(grantee));
  }

  private poolOf({ boundary, memberPool, identityProvider }: WorkspaceProps): MemberPool {
    if (memberPool === undefined) return new MemberPool(this, 'MemberPool', { boundary, provider: identityProvider });
    if (identityProvider === undefined) return memberPool;
    throw new Error(
      `${this.node.path}: 'identityProvider' is that of a pool of the workspace's own, and 'memberPool' is given; give the ` +
        'provider to the pool',
    );
  }

  private connectStores(): void {
    const { gateway, conversations, files, branchKeys, usage } = this;
    conversations.grantServe(gateway.role);
    files.grantReadWrite(gateway.role);
    branchKeys.grantUse(gateway.role);
    usage.grantCount(gateway.role);
    gateway._setEnvironment({
      CONVERSATIONS_TABLE_ARN: conversations.table.tableArn,
      BRANCH_KEYS_TABLE_ARN: branchKeys.table.tableArn,
      USAGE_TABLE_ARN: usage.table.tableArn,
      FILES_BUCKET: files.bucket.bucketName,
      WORKSPACE_KEY_ARN: this.encryptionKey.keyArn,
      RETENTION_DAYS: retentionText(conversations.retention.duration?.toDays()),
    } satisfies Omit<WorkspaceVariables, keyof ApiVariables | keyof TokenVariables>);
  }

  /** A store of one's own that isn't kept a second time would be missed when it is too late. */
  private requireRecovery(prop: string, found: Construct | undefined, wanted: Construct | undefined, by: string): void {
    if (found === wanted) return;
    const fix = wanted
      ? `set the store's '${by}' to it`
      : `leave out the store's '${by}', or give the workspace a 'recovery'`;
    throw new Error(
      `${this.node.path}: '${prop}' must be kept a second time where the workspace is, at ${wanted?.node.path ?? 'no other place'}, got a ` +
        `store that is at ${found?.node.path ?? 'no other place'}; ${fix}`,
    );
  }
}
