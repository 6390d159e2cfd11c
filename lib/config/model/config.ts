import type { ResidencyBoundary } from '../../boundary/boundary';
import type { DeclaredProvider } from '../../boundary/declared-provider';
import type { ProfileRow } from '../../boundary/profile-row';
import type { AnyDestination, OpenAiTerms } from '../../boundary/server';
import type { PolicyCourse, PolicyGroup } from '../../contract/courses';
import type { Declarations } from '../../guard/declarations/declarations';
import type { ResidencyFile } from '../schema/schema';
import type { InDollars } from './budgets';
import type { MemberKeysConfig } from './member-keys';
import type { PerimeterConfig } from './perimeter';
import type { RecordsConfig } from './records';
import type { RightsConfig } from './rights';

// These types derive from the schema. A key that `build.ts` doesn't convert is passed on under its own name, so a new one needs
// no change here. Each Omit lists the keys that are converted.

/** A `residency.yaml` after every check: each model has only destinations inside the boundary. */
export interface ResidencyConfig {
  readonly boundary: ResidencyBoundary;
  /** Exceptions, known places and other boundaries for some stacks. */
  readonly declarations: Declarations;
  /** Regions that the provider itself reported for its inference profiles, each with a date. */
  readonly profileRows: readonly ProfileRow[];
  /** Keys that a later version refuses, each a sentence with its position in the file. */
  readonly warnings: readonly string[];
  /** Who is responsible for the data; none when the file doesn't say. */
  readonly organisation?: Of<'organisation'>;
  /** The perimeter of the organization; none when the file declares none. */
  readonly perimeter?: PerimeterConfig;
  /** What to deploy; none when the file only declares a boundary for the guard. */
  readonly deployment?: DeploymentConfig;
}

/** One deployment: its Regions, models, workspaces and projects. */
export interface DeploymentConfig extends Omit<Written, Converted | keyof ResidencyConfig | keyof Declarations> {
  readonly name: string;
  readonly primaryRegion: string;
  /** A second Region inside the boundary, for replicas. */
  readonly recoveryRegion?: string;
  readonly network: Omit<Of<'network'>, 'ranges'> & {
    /** The address ranges that the file sets, by Region. */
    readonly ranges: Readonly<Record<string, string | undefined>>;
  };
  readonly organisation: Of<'organisation'>;
  /** None when the file is read for `serve`, which raises no alarms. */
  readonly alerts?: AlertsConfig;
  readonly bedrock: BedrockConfig;
  readonly records: RecordsConfig;
  readonly models: readonly ModelConfig[];
  /** None when the file doesn't accept OpenAI's Europe. */
  readonly openai?: OpenAiTerms;
  /** The network through which destinations outside AWS are reached; none when the file doesn't declare one. */
  readonly egress?: EgressConfig;
  /** The perimeter of the organization; none when the file declares none. */
  readonly perimeter?: PerimeterConfig;
  /** None when the file declares nothing about providers outside AWS. */
  readonly providers?: ProvidersConfig;
  /** User pools that several workspaces share; none when the file has none. */
  readonly sharedIdentities?: readonly SharedIdentityConfig[];
  readonly workspaces: readonly WorkspaceConfig[];
  /** The declared projects. */
  readonly projects: readonly ProjectConfig[];
  /** What projects may be that are created at run time; none if the file opens none. */
  readonly openProjects?: OpenProjectsConfig;
}

/** The top-level keys that change on the way from the file to a deployment. */
type Converted =
  | 'name'
  | 'regions'
  | 'network'
  | 'organisation'
  | 'alerts'
  | 'bedrock'
  | 'openai'
  | 'egress'
  | 'providers'
  | 'perimeter'
  | 'factsKeys'
  | 'models'
  | 'identity'
  | 'records'
  | 'workspaces'
  | 'projects';

export interface EgressConfig {
  /** The zones of its network, one to three; none if the file doesn't choose them. */
  readonly zones?: readonly string[];
  /** The range of its network; none if the file doesn't choose it. */
  readonly addressRange?: string;
}

export interface ProvidersConfig {
  /** Whether only companies under the law of EU member states may be called. */
  readonly euOwnedOnly: boolean;
  /** Without OpenAI, which has its own key. */
  readonly declared: readonly DeclaredProvider[];
}

export type VpcConfig = NonNullable<Of<'network'>['vpc']>;

/** The recipients of alarms, or why there are none. */
export type AlertsConfig =
  | { readonly kind: 'to' /** E-mail addresses and https URLs. */; readonly addresses: readonly string[] }
  | { readonly kind: 'topic' /** The ARN of an existing topic. */; readonly arn: string }
  | { readonly kind: 'none'; readonly reason: string };

export interface BedrockConfig extends Omit<Of<'bedrock'>, 'retention' | 'maxReadingAge'> {
  readonly retention: 'manage' | 'verify';
  readonly maxReadingAgeHours?: number;
}

/** A model as clients name it, with the destinations that may serve it, in the order in which they are tried. */
export interface ModelConfig extends Omit<Of<'models'>[number], 'destinations'> {
  readonly destinations: readonly AnyDestination[];
}

/** The period for which content is stored. */
export type Retention = { readonly kind: 'days'; readonly days: number } | { readonly kind: 'until-deleted' };

type WrittenWorkspace = Of<'workspaces'>[number];

/** A tenant whose conversations are stored inside the boundary. */
export interface WorkspaceConfig
  extends Omit<
    WrittenWorkspace,
    'retention' | 'identity' | 'limits' | 'keys' | 'groups' | 'courses' | 'guardrail' | 'rights'
  > {
  readonly retention: Retention;
  /** None if the file sets none. */
  readonly rights?: RightsConfig;
  /** None if its members create no API keys. */
  readonly keys?: MemberKeysConfig;
  /** Groups that have a budget, in US dollars or tokens; none if the file declares none. */
  readonly groups?: readonly PolicyGroup[];
  /** None if the file declares none. */
  readonly courses?: readonly PolicyCourse[];
  readonly identity?: IdentityConfig;
  readonly limits: InDollars<NonNullable<WrittenWorkspace['limits']>>;
  /** One for each source Region of its models; none if nothing checks its content. */
  readonly guardrails?: readonly GuardrailConfig[];
}

/** A guardrail for calls in one source Region. */
export interface GuardrailConfig {
  /** Its ID or ARN. */
  readonly id: string;
  readonly version: string;
  readonly region: string;
  readonly profile?: string;
  /** The ARN of its customer managed key. */
  readonly key?: string;
}

type WrittenIdentity = NonNullable<WrittenWorkspace['identity']>;

/** Where a workspace's members sign in, which roles they have, and from which pages. */
export interface IdentityConfig extends Omit<WrittenIdentity, 'saml' | 'oidc' | 'groups' | 'clients'> {
  /** None: members are users of the workspace's own Cognito pool. */
  readonly provider?: ProviderConfig;
  readonly groups: Omit<NonNullable<WrittenIdentity['groups']>, 'attribute'>;
  /** The attribute or claim that holds a member's groups. */
  readonly groupsAttribute?: string;
  readonly clients: NonNullable<WrittenIdentity['clients']>;
}

type WrittenPool = Of<'identity'>['shared'][number];

/** A user pool that several workspaces share, with its identity provider. */
export interface SharedIdentityConfig extends Omit<WrittenPool, 'saml' | 'oidc' | 'attribute'> {
  readonly provider: ProviderConfig;
  readonly groupsAttribute?: string;
}

/** An identity provider of the organisation. */
export type ProviderConfig =
  | { readonly kind: 'saml' /** The text of the metadata document. */; readonly metadata: string }
  | ({ readonly kind: 'oidc' } & NonNullable<WrittenIdentity['oidc']>);

/** An API tenant whose requests are processed inside the boundary and not stored. */
export interface ProjectConfig extends Omit<WrittenProject, 'limits' | 'guardrail'> {
  readonly limits: InDollars<NonNullable<WrittenProject['limits']>>;
  /** One for each source Region of its models; none if nothing checks its content. */
  readonly guardrails?: readonly GuardrailConfig[];
}

type WrittenProject = Extract<Of<'projects'>, readonly unknown[]>[number];

/** The models and highest limits of projects that are created at run time, and how many there may be. */
export interface OpenProjectsConfig extends Omit<WrittenOpen, 'limits' | 'guardrail'> {
  readonly limits: InDollars<WrittenOpen['limits']>;
  /** One for each source Region of the models; none if nothing checks their content. */
  readonly guardrails?: readonly GuardrailConfig[];
}

type WrittenOpen = Extract<Of<'projects'>, { open: unknown }>['open'];

/** The file as it is written, readonly at every depth. */
type Written = Fixed<ResidencyFile>;

/** What a key holds when it is set. */
type Of<K extends keyof ResidencyFile> = NonNullable<Written[K]>;

type Fixed<T> = T extends readonly (infer E)[]
  ? readonly Fixed<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Fixed<T[K]> }
    : T;
