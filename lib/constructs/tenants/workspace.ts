import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { type Duration, Tags } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { SHORTEST_RETENTION_DAYS } from '../../contract/background';
import type { ApiVariables, TokenVariables, WorkspaceVariables } from '../../contract/environment';
import { retentionTag, retentionText } from '../../contract/retention';
import { TAGS } from '../../contract/tags';
import { BackgroundJobs, type BackgroundRules } from '../background/background-jobs';
import type { InferenceModel } from '../checks/inference-model';
import type { Foundation } from '../foundation/foundation';
import { KeyWatch } from '../foundation/key-watch';
import { addVariables } from '../functions/variables';
import type { ApiDomain } from '../gateway/api-domain';
import { GatewayTenant } from '../gateway/gateway-tenant';
import { InferenceGateway } from '../gateway/inference-gateway';
import type { MemberKeys } from '../gateway/member-keys';
import type { WorkspaceBudgets } from '../gateway/workspace-budgets';
import type { WorkspaceLimits } from '../gateway/workspace-limits';
import type { InferenceGuardrail } from '../guardrails/inference-guardrail';
import { BranchKeyStore } from '../keys/branch-key-store';
import { policyStatementsOf } from '../keys/key-for-service';
import { ResidencyKey } from '../keys/residency-key';
import { DirectoryTable } from '../members/directory-table';
import type { IdentityProvider } from '../members/identity-provider';
import { MemberPool } from '../members/member-pool';
import { type MemberGroups, type SignInPages, WorkspaceMembers } from '../members/workspace-members';
import { requireMonitoring, type WorkspaceMonitoring } from '../members/workspace-monitoring';
import { WorkspaceScim } from '../members/workspace-scim';
import type { RightsRules } from '../rights/rights-rules';
import { WorkspaceRights } from '../rights/workspace-rights';
import { ConversationStore } from '../stores/conversation-store';
import { FileConversions } from '../stores/file-conversions';
import { FileStore } from '../stores/file-store';
import { KeyRequests } from '../stores/key-requests';
import { RecoveryKeys } from '../stores/recovery-keys';
import type { RecoveryReplica } from '../stores/recovery-replica';
import { requireSameRetention } from '../stores/require-same-retention';
import type { RetentionPeriod } from '../stores/retention-period';
import { UsageTable } from '../stores/usage-table';

/** The kind of organisation that owns the workspace. */
export enum WorkspaceEdition {
  /** A company or public authority. */
  ENTERPRISE = 'enterprise',

  /** A university or school. */
  EDU = 'edu',
}

/** Construction properties for a Workspace. */
export interface WorkspaceProps extends WorkspaceLimits {
  /** The boundary in which conversations may be stored and requests processed. */
  readonly boundary: ResidencyBoundary;

  /** The network, web ACL and log buckets that the workspace shares with others. */
  readonly foundation: Foundation;

  /** The workspace's ID: at most 63 lower-case letters, digits and inner hyphens. */
  readonly workspaceId: string;

  /** The kind of organisation that owns the workspace. */
  readonly edition: WorkspaceEdition;

  /** Retention of its conversations and files. */
  readonly retention: RetentionPeriod;

  /** The models that its members can call. */
  readonly models: InferenceModel[];

  /**
   * The customer managed key of its conversations and files, in the Region and account of the stack. Every role of the
   * workspace can use it only through DynamoDB or S3, or for branch keys of this workspace. You are responsible for the
   * policy of a key that isn't a `ResidencyKey`'s; `keyPolicyStatements` returns what it needs.
   *
   * @default - a new ResidencyKey
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The store of its conversations. Its retention must equal the workspace's.
   *
   * @default - a new ConversationStore under the workspace's key
   */
  readonly conversations?: ConversationStore;

  /**
   * The store of its files. Its retention must equal the workspace's.
   *
   * @default - a new FileStore under the workspace's key
   */
  readonly files?: FileStore;

  /**
   * The replicas of its conversations, files and keys in another Region. They copy all of these there, and are billed
   * as a second store. They can be added to an existing workspace.
   *
   * @default - none: there is one copy, in the Region of the stack
   */
  readonly recovery?: RecoveryReplica;

  /**
   * The user pool of its members. Several workspaces may share one: each accepts only tokens issued for its own client.
   *
   * @default - a new MemberPool, whose users an administrator adds
   */
  readonly memberPool?: MemberPool;

  /**
   * The identity provider at which users of its own pool sign in. Refused together with `memberPool`, which has its
   * own.
   *
   * @default - users sign in at the pool itself
   */
  readonly identityProvider?: IdentityProvider;

  /**
   * The groups of the pool's identity provider that have each role. Required with a provider, and refused without one.
   *
   * @default - groups of the pool itself: `ID-member`, `ID-admin` and `ID-auditor`, with the workspace's ID
   */
  readonly memberGroups?: MemberGroups;

  /**
   * Whether an identity system sends the members and their groups by SCIM 2.0, at `/scim/v2` of its API. Groups with a
   * role in `memberGroups` are then those of SCIM, by name or external ID, and the groups of tokens aren't read. Refused
   * without an identity provider.
   *
   * @default false
   */
  readonly scim?: boolean;

  /**
   * The host name of its API, at `/workspaces/ID/v1`, in the Region and account of the stack. Members still sign in at
   * Cognito's own host name.
   *
   * @default - API Gateway's own host name
   */
  readonly domain?: ApiDomain;

  /**
   * The API keys that members create for themselves.
   *
   * @default - none: members call the API with tokens only
   */
  readonly memberKeys?: MemberKeys;

  /**
   * The budgets of groups of members, and of courses.
   *
   * @default - there are none
   */
  readonly budgets?: WorkspaceBudgets;

  /**
   * The pages from which members sign in.
   *
   * @default - a command on the member's machine
   */
  readonly signInPages?: SignInPages;

  /**
   * Whether members can send office files (docx, pptx, xlsx, odt and csv). A function of their own converts them to text,
   * which is stored next to the file.
   *
   * @default false
   */
  readonly officeFiles?: boolean;

  /**
   * The guardrails that check users' messages and answers, one for each source Region of its models. System messages,
   * documents and tools may be unchecked (docs/LIMITS.md). Its models must be chat models in Bedrock. Each must be one of
   * the foundation's.
   *
   * @default - none
   */
  readonly guardrails?: InferenceGuardrail[];

  /**
   * Requests per second that API Gateway accepts from all callers together; it refuses more with 429.
   *
   * @default 50
   */
  readonly requestsPerSecond?: number;

  /**
   * Requests that may arrive at once before `requestsPerSecond` applies.
   *
   * @default 100
   */
  readonly burstRequests?: number;

  /**
   * Lets members send requests whose answers they read later. It adds a queue and a function, and can be added to an existing
   * workspace with a retention of at least 2 days.
   *
   * @default - nothing is answered in the background
   */
  readonly background?: BackgroundRules;

  /**
   * Rules for requests that concern another person's content.
   *
   * @default - as in the defaults of RightsRules
   */
  readonly rights?: RightsRules;

  /**
   * For how long the record of a request can be linked to the member who made it, in whole days. An erasure of the
   * member deletes the links before that.
   *
   * @default Duration.days(30)
   */
  readonly recordLinks?: Duration;

  /**
   * What is shown about the use of the workspace.
   *
   * @default - use of at least 10 members together, by month, and nothing shows what a single member did
   */
  readonly monitoring?: WorkspaceMonitoring;

  /**
   * Maximum number of concurrent runs of each function that runs jobs; reserved from the account's Lambda quota.
   *
   * @default - the account's unreserved concurrency
   */
  readonly jobConcurrency?: number;
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
    this.gateway = this.addGateway(props);
    this._scim = this.addScim(props);
    if (recovery) {
      const { branchKeys } = this;
      new RecoveryKeys(this, 'RecoveryKeys', { boundary, foundation, workspaceId, branchKeys, recovery });
    }
    new KeyWatch(this, 'KeyWatch', {
      foundation,
      keys: [this.encryptionKey, ...(recovery ? [recovery.encryptionKey] : [])],
    });
    this.connectStores(
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

  private addGateway(props: WorkspaceProps): InferenceGateway {
    const { boundary, foundation, models, domain, requestsPerSecond, burstRequests } = props;
    const limits = {
      tokensPerMemberPerDay: props.tokensPerMemberPerDay,
      requestsPerMemberPerMinute: props.requestsPerMemberPerMinute,
      storedBytesPerMemberPerDay: props.storedBytesPerMemberPerDay,
      tokensPerDay: props.tokensPerDay,
      requestsPerMinute: props.requestsPerMinute,
      concurrentRequests: props.concurrentRequests,
      tokensPerMonth: props.tokensPerMonth,
      usdPerMonth: props.usdPerMonth,
      tokensPerMemberPerMonth: props.tokensPerMemberPerMonth,
      usdPerMemberPerMonth: props.usdPerMemberPerMonth,
      windowTokens: props.windowTokens,
    };
    const { workspaceId, guardrails, memberKeys, monitoring, budgets } = props;
    const tenant = GatewayTenant.workspace(
      workspaceId,
      this.members,
      limits,
      guardrails,
      memberKeys,
      monitoring,
      budgets,
    );
    return new InferenceGateway(this, 'Gateway', {
      boundary,
      foundation,
      tenant,
      models,
      domain,
      requestsPerSecond,
      burstRequests,
      reservedConcurrentExecutions: props.concurrency,
    });
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

  private connectStores(keyRequests: KeyRequests, background?: BackgroundJobs): void {
    const { gateway, conversations, files, branchKeys, usage, members } = this;
    const { recordLinks } = members._administration;
    for (const role of [gateway.role, ...(background?.worker.role ? [background.worker.role] : [])]) {
      conversations.grantServe(role);
      files._grantServe(role);
      branchKeys._grantServe(role);
      keyRequests.grantRequest(role);
      usage.grantCount(role);
      recordLinks.grantLink(role);
    }
    const environment = {
      CONVERSATIONS_TABLE_ARN: conversations.table.tableArn,
      BRANCH_KEYS_TABLE_ARN: branchKeys.table.tableArn,
      KEY_REQUESTS_TABLE_ARN: keyRequests.table.tableArn,
      USAGE_TABLE_ARN: usage.table.tableArn,
      RECORD_LINKS_TABLE_ARN: recordLinks.table.tableArn,
      RECORD_LINK_DAYS: `${recordLinks.days}`,
      FILES_BUCKET: files.bucket.bucketName,
      WORKSPACE_KEY_ARN: this.encryptionKey.keyArn,
      RETENTION_DAYS: retentionText(conversations.retention.duration?.toDays()),
      ...background?.variables,
    } satisfies Omit<WorkspaceVariables, keyof ApiVariables | keyof TokenVariables>;
    gateway._setEnvironment(environment);
    if (background) addVariables(background.worker, environment);
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
    this.requireReplica('conversations', this.conversations.recovery, recovery, 'recovery');
    this.requireReplica('files', this.files.replica, recovery?.files, 'replica');
  }

  /**
   * Checks that an existing store has the workspace's replica. A missing replica would otherwise be noticed only after
   * the Region is lost.
   */
  private requireReplica(prop: string, found: Construct | undefined, wanted: Construct | undefined, by: string): void {
    if (found === wanted) return;
    const fix = wanted
      ? `set the store's '${by}' to it`
      : `leave out the store's '${by}', or set the workspace's 'recovery'`;
    throw new Error(
      `${this.node.path}: '${prop}' must have the replica of the workspace, ${wanted?.node.path ?? 'none'}, because a missing replica is lost ` +
        `with the Region, got a store with the replica ${found?.node.path ?? 'none'}; ${fix}`,
    );
  }
}
