import type * as kms from 'aws-cdk-lib/aws-kms';
import type { Duration } from 'aws-cdk-lib/core';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { BackgroundRules } from '../background/background-jobs';
import type { InferenceModel } from '../checks/inference-model';
import type { Foundation } from '../foundation/foundation';
import type { ApiDomain } from '../gateway/api-domain';
import type { MemberKeys } from '../gateway/member-keys';
import type { WorkspaceBudgets } from '../gateway/workspace-budgets';
import type { WorkspaceLimits } from '../gateway/workspace-limits';
import type { InferenceGuardrail } from '../guardrails/inference-guardrail';
import type { IdentityProvider } from '../members/identity-provider';
import type { MemberGroups } from '../members/member-groups';
import type { MemberPool } from '../members/member-pool';
import type { SignInPages } from '../members/workspace-members';
import type { WorkspaceMonitoring } from '../members/workspace-monitoring';
import type { RightsRules } from '../rights/rights-rules';
import type { ConversationStore } from '../stores/conversation-store';
import type { FileStore } from '../stores/file-store';
import type { RecoveryReplica } from '../stores/recovery-replica';
import type { RetentionPeriod } from '../stores/retention-period';

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
