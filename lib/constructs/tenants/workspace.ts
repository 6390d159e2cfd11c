import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { SHORTEST_RETENTION_DAYS } from '../../contract/background';
import { retentionTag } from '../../contract/retention';
import { TAGS } from '../../contract/tags';
import { BackgroundJobs, type BackgroundRules } from '../background/background-jobs';
import type { Foundation } from '../foundation/foundation';
import { KeyWatch } from '../foundation/key-watch';
import type { InferenceGateway } from '../gateway/inference-gateway';
import { BranchKeyStore } from '../keys/branch-key-store';
import { policyStatementsOf } from '../keys/key-for-service';
import { ResidencyKey } from '../keys/residency-key';
import { DirectoryTable } from '../members/directory-table';
import { MemberPool } from '../members/member-pool';
import { WorkspaceMembers } from '../members/workspace-members';
import { requireMonitoring } from '../members/workspace-monitoring';
import { WorkspaceScim } from '../members/workspace-scim';
import { WorkspaceRights } from '../rights/workspace-rights';
import { ConversationStore } from '../stores/conversation-store';
import { FileConversions } from '../stores/file-conversions';
import { FileStore } from '../stores/file-store';
import { KeyRequests } from '../stores/key-requests';
import { RecoveryKeys } from '../stores/recovery-keys';
import type { RecoveryReplica } from '../stores/recovery-replica';
import { requireReplica } from '../stores/require-replica';
import { requireSameRetention } from '../stores/require-same-retention';
import { UsageTable } from '../stores/usage-table';
import { connectStores } from './connect-stores';
import { addGateway } from './workspace-gateway';
import type { WorkspaceProps } from './workspace-props';

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

  /** Its replicas in another Region; none if there are none. */
  public readonly recovery?: RecoveryReplica;

  /** Its members. */
  public readonly members: WorkspaceMembers;

  /**
   * The branch keys of its members, under the workspace's own key: a member's stored content can be decrypted only with
   * the member's key.
   */
  public readonly branchKeys: BranchKeyStore;

  /** The usage of the workspace and its members, without content. */
  public readonly usage: UsageTable;

  /** The API of its members. Only it can use the stores, besides the functions of `rights`. */
  public readonly gateway: InferenceGateway;

  /** The users and groups that SCIM sends; none without SCIM. */
  public readonly directory?: DirectoryTable;

  /** @internal */
  public readonly _scim?: { readonly tokensTable: string; readonly managerRoleArn: string; readonly url: string };

  /** Exports, erasures, holds, and the retention period of content. */
  public readonly rights: WorkspaceRights;

  /** @throws if the Region, a store, a key, a model, a limit, the groups or the domain isn't allowed */
  constructor(scope: Construct, id: string, props: WorkspaceProps) {
    super(scope, id);
    const { boundary, foundation, workspaceId, retention, recovery, monitoring = {} } = props;
    requireMonitoring(this, monitoring);
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
    this.requireStores(props);

    const { encryptionKey } = this;
    if (props.scim) this.directory = new DirectoryTable(this, 'Directory', { boundary, encryptionKey });
    this.members = new WorkspaceMembers(this, 'Members', {
      boundary,
      foundation,
      workspaceId,
      pool: this.poolOf(props),
      poolIsShared: props.memberPool !== undefined,
      groups: props.memberGroups,
      pages: props.signInPages,
      recordLinks: props.recordLinks,
      perMember: monitoring.perMember,
      directory: this.directory,
    });
    if (monitoring.perMember) this.members._administration._showUse(this.usage, monitoring.perMember);
    this.gateway = addGateway(this, this.members, props);
    this._scim = this.addScim(props);
    if (recovery) {
      const { branchKeys } = this;
      new RecoveryKeys(this, 'RecoveryKeys', { boundary, foundation, workspaceId, branchKeys, recovery });
    }
    new KeyWatch(this, 'KeyWatch', {
      foundation,
      keys: [this.encryptionKey, ...(recovery ? [recovery.encryptionKey] : [])],
    });
    connectStores(
      this,
      new KeyRequests(this, 'KeyRequests', { boundary, foundation, workspaceId, branchKeys: this.branchKeys }),
      props.background && this.addBackground(props, props.background),
    );
    if (props.officeFiles) this.convertFiles(boundary, foundation);
    this.rights = new WorkspaceRights(this, 'Rights', {
      boundary,
      foundation,
      workspaceId,
      members: this.members,
      conversations: this.conversations,
      files: this.files,
      branchKeys: this.branchKeys,
      usage: this.usage,
      directory: this.directory,
      recovery,
      after: this.gateway.handler,
      rules: props.rights,
      courses: props.budgets?.courses?.map(({ courseId }) => courseId),
      concurrency: props.jobConcurrency,
    });
    this.gateway._administer('rights', this.rights._adminFunction);
    Tags.of(this).add(TAGS.tenant, `workspace/${workspaceId}`);
    Tags.of(this).add(TAGS.edition, props.edition);
    Tags.of(this).add(TAGS.retention, retentionTag(retention.duration?.toDays()));
  }

  /**
   * Grants reading the workspace's conversations and files, and using its key to do so. No principal has this
   * permission by default.
   */
  public grantReadContent(grantee: iam.IGrantable): iam.Grant {
    return this.conversations.grantRead(grantee).combine(this.files.grantRead(grantee));
  }

  /**
   * The statements that the policy of a supplied `encryptionKey` needs for the constructs of this app that use the key.
   * Each names the roles that it is for. Each is limited to a service or to an encryption context, except the one with
   * which the closing of a workspace schedules the key's deletion. Call this method last: a later grant needs a further
   * statement.
   *
   * @returns none for a `ResidencyKey`, which has its policy
   */
  public keyPolicyStatements(): iam.PolicyStatement[] {
    return policyStatementsOf(this.encryptionKey);
  }

  private poolOf({ boundary, memberPool, identityProvider }: WorkspaceProps): MemberPool {
    if (memberPool === undefined) return new MemberPool(this, 'MemberPool', { boundary, provider: identityProvider });
    if (identityProvider === undefined) return memberPool;
    throw new Error(
      `${this.node.path}: 'identityProvider' must not be set together with 'memberPool' because a pool has its own provider; set the ` +
        "pool's 'provider' instead",
    );
  }

  private addScim({ boundary, foundation, workspaceId }: WorkspaceProps) {
    const { directory } = this;
    if (directory === undefined) return undefined;
    const { handler, tokens } = new WorkspaceScim(this, 'Scim', { boundary, foundation, workspaceId, directory });
    const url = this.gateway._provision(handler);
    return { tokensTable: tokens.table.tableName, managerRoleArn: tokens.managerRole.roleArn, url };
  }

  private addBackground(props: WorkspaceProps, rules: BackgroundRules) {
    const { foundation, workspaceId, jobConcurrency, retention } = props;
    const days = retention.duration?.toDays() ?? Number.POSITIVE_INFINITY;
    if (days < SHORTEST_RETENTION_DAYS) {
      throw new Error(
        `${this.node.path}: 'background' needs a retention of at least ${SHORTEST_RETENTION_DAYS} days because a job may take 24 hours, got ` +
          `${days}; raise 'retention', or remove 'background'`,
      );
    }
    const { gateway } = this;
    return new BackgroundJobs(this, 'Background', {
      foundation,
      workspaceId,
      gateway,
      rules,
      concurrency: jobConcurrency,
    });
  }

  private convertFiles(boundary: ResidencyBoundary, foundation: Foundation): void {
    const { workspaceId, files, branchKeys, gateway } = this;
    const conversions = new FileConversions(this, 'Conversions', {
      boundary,
      foundation,
      workspaceId,
      files,
      branchKeys,
    });
    conversions.grantRequest(gateway.role);
    gateway._setEnvironment({ CONVERSIONS_TABLE_ARN: conversions.table.tableArn });
  }

  private requireStores({ retention, recovery }: WorkspaceProps): void {
    requireSameRetention(this, 'conversations', this.conversations.retention, retention, 'the workspace');
    requireSameRetention(this, 'files', this.files.retention, retention, 'the workspace');
    requireReplica(this, 'conversations', this.conversations.recovery, recovery, 'recovery');
    requireReplica(this, 'files', this.files.replica, recovery?.files, 'replica');
  }
}
