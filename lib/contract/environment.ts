import type { OPERATOR_CONFIRMS, RESUME_JOBS, RightsActor } from './rights';

/** The variables of a function that serves an API. */
export interface ApiVariables {
  /** Where the API begins on a domain of its own; none on the name that API Gateway gives it. */
  readonly BASE_PATH?: string;
}

/** The variables of a gateway, whichever tenant it serves. */
export interface GuardrailVariables {
  /** The guardrails of its tenants, each as `ARN:VERSION`, separated by spaces; none if no tenant has one. */
  readonly GUARDRAILS?: string;
}

/** The variables of a gateway, or of its worker, whose deployment calls providers outside AWS. */
export interface ProviderStateVariables {
  /** The table of the providers that are out of use; none if all models are inside AWS. */
  readonly PROVIDER_STATE_TABLE_ARN?: string;
}

/** The variables of a gateway, or of its worker, that calls the egress function. */
export interface EgressVariables {
  /** The function's name or ARN, without an alias; none if no model is outside AWS. */
  readonly EGRESS_FUNCTION?: string;
}

/** The variables of a function that verifies the tokens of members. */
export interface TokenVariables {
  readonly KEY_SETS_TABLE_ARN: string;
  readonly SUSPENSIONS_TABLE_ARN: string;
  readonly USER_POOL_ID: string;
  readonly USER_POOL_CLIENT_ID: string;
  /** The users and groups that SCIM writes; none where tokens name the groups. */
  readonly DIRECTORY_TABLE_ARN?: string;
}

/** The variables that name a workspace's stores. A function has those of the stores that its role can reach. */
export interface StoreVariables {
  readonly CONVERSATIONS_TABLE_ARN: string;
  readonly BRANCH_KEYS_TABLE_ARN: string;
  /** The table in which branch keys are requested. */
  readonly KEY_REQUESTS_TABLE_ARN: string;
  readonly USAGE_TABLE_ARN: string;
  /** The table that links records of requests to members. */
  readonly RECORD_LINKS_TABLE_ARN: string;
  /** The table in which conversions of files are requested. */
  readonly CONVERSIONS_TABLE_ARN: string;
  readonly FILES_BUCKET: string;
  readonly WORKSPACE_KEY_ARN: string;
  /** In days, or `until-deleted`. */
  readonly RETENTION_DAYS: string;
  /** The bucket of certificates. */
  readonly EVIDENCE_BUCKET: string;
  /** The users and groups that SCIM writes. */
  readonly DIRECTORY_TABLE_ARN: string;
  /** The queue of background responses and batches. */
  readonly JOB_QUEUE_TABLE_ARN: string;
}

/** The variables that name the stores of each actor, besides those that every function of jobs has. Its role reaches no other store. */
export const ACTOR_STORES = {
  witness: ['BRANCH_KEYS_TABLE_ARN', 'EVIDENCE_BUCKET', 'KEY_REQUESTS_TABLE_ARN'],
  eraser: ['BRANCH_KEYS_TABLE_ARN', 'FILES_BUCKET', 'USAGE_TABLE_ARN', 'RECORD_LINKS_TABLE_ARN'],
  exporter: ['BRANCH_KEYS_TABLE_ARN', 'FILES_BUCKET', 'KEY_REQUESTS_TABLE_ARN', 'RECORD_LINKS_TABLE_ARN'],
  closer: ['EVIDENCE_BUCKET'],
  'recovery-witness': ['BRANCH_KEYS_TABLE_ARN', 'FILES_BUCKET'],
  'recovery-eraser': ['BRANCH_KEYS_TABLE_ARN', 'FILES_BUCKET'],
} as const satisfies Readonly<Record<RightsActor, readonly (keyof StoreVariables)[]>>;

/** A variable that names a store of an actor. */
export type ActorStore<A extends RightsActor = RightsActor> = (typeof ACTOR_STORES)[A][number];

/** The prefix of the variables that name the copies in the recovery Region. */
export const RECOVERY_PREFIX = 'RECOVERY_';

/** The variables that name the copies in the recovery Region. */
export type InRecovery<V> = { readonly [N in keyof V & string as `${typeof RECOVERY_PREFIX}${N}`]: V[N] };

/** The variables of the gateway of projects. */
export interface ProjectsVariables extends ApiVariables, GuardrailVariables, EgressVariables, ProviderStateVariables {
  readonly KEYS_TABLE_ARN: string;
  /** None where no model is Bedrock's. */
  readonly READINGS_TABLE_ARN?: string;
}

/** The variables of the API of open projects. */
export interface OpenProjectsVariables extends ApiVariables, Pick<ProjectsVariables, 'KEYS_TABLE_ARN'> {}

/** The variables of a workspace's gateway. */
export interface WorkspaceVariables
  extends ApiVariables,
    GuardrailVariables,
    EgressVariables,
    ProviderStateVariables,
    TokenVariables,
    Omit<StoreVariables, 'EVIDENCE_BUCKET' | 'CONVERSIONS_TABLE_ARN' | 'DIRECTORY_TABLE_ARN' | 'JOB_QUEUE_TABLE_ARN'>,
    // None where office files are refused, and where nothing is answered in the background.
    Partial<Pick<StoreVariables, 'CONVERSIONS_TABLE_ARN' | 'JOB_QUEUE_TABLE_ARN'>> {
  /** The most jobs of a member at a time; set together with the queue. */
  readonly JOBS_PER_MEMBER?: string;
  /** For how long a record is linked to its member, in days. */
  readonly RECORD_LINK_DAYS: string;
}

/** The variables of the function that sets Bedrock's retention mode. */
export interface RetentionVariables {
  /** The bucket of former settings; none where the mode is only read. */
  readonly EVIDENCE_BUCKET?: string;
}

/** The variables of the function that checks Bedrock's settings. */
export interface CheckVariables {
  readonly READINGS_TABLE: string;
}

/** The variables of the function that fetches the signing keys of a user pool. */
export interface KeySetsVariables extends Pick<TokenVariables, 'USER_POOL_ID'> {
  readonly KEY_SETS_TABLE: string;
}

/** The variables of the function that administers members and shows records. */
export interface MembersVariables
  extends ApiVariables,
    TokenVariables,
    Partial<Pick<StoreVariables, 'RECORD_LINKS_TABLE_ARN' | 'USAGE_TABLE_ARN'>> {
  readonly REQUESTS_LOG_GROUP: string;
  readonly RIGHTS_LOG_GROUP: string;
}

/** The variables of the function of SCIM. */
export interface ScimVariables extends ApiVariables, Pick<StoreVariables, 'DIRECTORY_TABLE_ARN'> {
  /** The table of the tokens with which an identity system calls SCIM. */
  readonly SCIM_TOKENS_TABLE_ARN: string;
}

/** A function of the bundle of jobs. */
export type JobsFunction =
  | RightsActor
  | 'admin'
  | typeof RESUME_JOBS
  | typeof OPERATOR_CONFIRMS
  | 'copy-keys'
  | 'drill'
  | 'ledger'
  | 'make-keys';

/** The variable that says which function of the bundle of jobs this is. */
export interface JobsVariables {
  readonly UPKEEP_FUNCTION: JobsFunction;
}

/** The variables of a function that decides on jobs and starts them. */
export interface DeciderVariables
  extends JobsVariables,
    Pick<StoreVariables, 'CONVERSATIONS_TABLE_ARN' | 'RETENTION_DAYS'> {
  readonly STATE_MACHINE_ARN: string;
}

/** The variables of the function that administrators reach. */
export interface RightsAdminVariables extends DeciderVariables, ApiVariables, TokenVariables {}

/** What a function has of the recovery Region. */
type CopyVariables = InRecovery<
  Pick<StoreVariables, 'CONVERSATIONS_TABLE_ARN' | 'BRANCH_KEYS_TABLE_ARN' | 'WORKSPACE_KEY_ARN' | 'FILES_BUCKET'>
>;

/** The variables of an actor of jobs. */
export interface ActorVariables
  extends JobsVariables,
    Pick<StoreVariables, 'CONVERSATIONS_TABLE_ARN' | 'RETENTION_DAYS' | 'WORKSPACE_KEY_ARN'>,
    Partial<Pick<StoreVariables, ActorStore | 'DIRECTORY_TABLE_ARN'>>,
    Partial<CopyVariables> {}

/** The variables of the function that copies branch keys to the recovery Region. */
export interface CopyKeysVariables
  extends JobsVariables,
    Pick<StoreVariables, 'BRANCH_KEYS_TABLE_ARN' | 'WORKSPACE_KEY_ARN'>,
    Pick<CopyVariables, 'RECOVERY_BRANCH_KEYS_TABLE_ARN' | 'RECOVERY_WORKSPACE_KEY_ARN'> {}

/** The variables of the function that makes the branch keys that a gateway requests. */
export interface MakeKeysVariables
  extends JobsVariables,
    Pick<StoreVariables, 'BRANCH_KEYS_TABLE_ARN' | 'KEY_REQUESTS_TABLE_ARN' | 'WORKSPACE_KEY_ARN'> {}

/** The variables of the function that converts files to text. */
export interface ConversionVariables
  extends Pick<
    StoreVariables,
    'BRANCH_KEYS_TABLE_ARN' | 'CONVERSIONS_TABLE_ARN' | 'FILES_BUCKET' | 'WORKSPACE_KEY_ARN'
  > {}

/** The variables of the function that drills recovery, in the recovery Region. */
export interface DrillVariables
  extends JobsVariables,
    Pick<StoreVariables, 'CONVERSATIONS_TABLE_ARN' | 'BRANCH_KEYS_TABLE_ARN' | 'WORKSPACE_KEY_ARN' | 'FILES_BUCKET'> {}

/** The variables of the function that writes the ledger of requests. */
export interface LedgerVariables extends JobsVariables, Pick<StoreVariables, 'EVIDENCE_BUCKET'> {
  /** The key that signs checkpoints. */
  readonly LEDGER_KEY_ARN: string;
}

/** Any of the variables: a function has no other. */
export type Variables = Partial<
  ProjectsVariables &
    WorkspaceVariables &
    RetentionVariables &
    CheckVariables &
    KeySetsVariables &
    MembersVariables &
    ScimVariables &
    RightsAdminVariables &
    ActorVariables &
    LedgerVariables
>;

/** The variables of the hook that its CloudFormation template deploys: the values of the template's parameters. */
export interface HookTemplateVariables {
  /** The boundary of each stack for which the declarations name no other. */
  readonly HOOK_BOUNDARY: string;
  /** The content of a `residency-exceptions.yaml`; empty if nothing is declared. */
  readonly HOOK_DECLARATIONS: string;
}
