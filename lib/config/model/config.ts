import type { ResidencyBoundary } from '../../boundary/boundary';
import type { ProfileRow } from '../../boundary/profile-row';
import type { AnyDestination, OpenAiTerms } from '../../boundary/server';
import type { Declarations } from '../../guard/declarations/declarations';

/** What a `residency.yaml` says, after every check: each model has only destinations inside. */
export interface ResidencyConfig {
  readonly boundary: ResidencyBoundary;
  /** Exceptions, known places and other boundaries for some stacks. */
  readonly declarations: Declarations;
  /** Where profiles led when the provider itself was asked, as of a day each. */
  readonly profileRows: readonly ProfileRow[];
  /** What to deploy; none when the file only declares a boundary for the guard. */
  readonly deployment?: DeploymentConfig;
}

/** One deployment: its Regions, models, workspaces and projects. */
export interface DeploymentConfig {
  /** Prefix of the stack names, so that one account can hold several deployments. */
  readonly name: string;
  /** The account's twelve digits; none where it is the one of the credentials. */
  readonly account?: string;
  /** Of everything that takes tags. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly primaryRegion: string;
  /** A second Region inside the boundary, for replicas. */
  readonly recoveryRegion?: string;
  /** Ranges of the VPCs that the file gives, by Region. */
  readonly networkRanges: Readonly<Record<string, string | undefined>>;
  /** A VPC of the primary Region that is there already; none where one is made. */
  readonly vpc?: VpcConfig;
  /** The host name of all APIs; none where each has the one that API Gateway gives it. */
  readonly domain?: DomainConfig;
  readonly organisation: OrganisationConfig;
  /** Who is told of alarms; none where the file is read to be served on this machine. */
  readonly alerts?: AlertsConfig;
  /** Whether this deployment sets Bedrock's retention mode, or only reads it. */
  readonly bedrockRetention: 'manage' | 'verify';
  /** How long after it was last read a Region may serve projects; none where the file doesn't say. */
  readonly maxReadingAgeHours?: number;
  /** Where model invocation logging may write, in the primary Region; none where it may not. */
  readonly invocationLogging?: { readonly bucket?: string; readonly logGroup?: string };
  readonly models: readonly ModelConfig[];
  /** What the owner says of OpenAI; none where it isn't accepted. */
  readonly openai?: OpenAiTerms;
  /** User pools that several workspaces share; none where the file names none. */
  readonly sharedIdentities?: readonly SharedIdentityConfig[];
  readonly workspaces: readonly WorkspaceConfig[];
  readonly projects: readonly ProjectConfig[];
}

/** A VPC that is there already; zones and route tables are those of the subnets, in their order. */
export interface VpcConfig {
  readonly id: string;
  readonly cidr: string;
  readonly availabilityZones: readonly string[];
  readonly isolatedSubnetIds: readonly string[];
  readonly routeTableIds: readonly string[];
}

/** A regional host name. */
export interface DomainConfig {
  readonly name: string;
  /** The ARN of its certificate, in the primary Region. */
  readonly certificate: string;
  /** In which zone of Route 53 it gets its record; none where somebody else sets one. */
  readonly hostedZone?: { readonly id: string; readonly name: string };
}

/** Who is told of alarms, or why nobody is. */
export type AlertsConfig =
  | { readonly kind: 'to' /** E-mail addresses and https URLs. */; readonly addresses: readonly string[] }
  | { readonly kind: 'none'; readonly reason: string };

/** Who answers for the data; printed in evidence, never part of a resource's name. */
export interface OrganisationConfig {
  readonly name?: string;
  readonly controller?: string;
  readonly dpo?: string;
}

/** A model as clients name it, with the destinations that may serve it, in the order in which they are tried. */
export interface ModelConfig {
  readonly id: string;
  readonly destinations: readonly AnyDestination[];
}

/** How long content is kept. */
export type Retention = { readonly kind: 'days'; readonly days: number } | { readonly kind: 'until-deleted' };

/** A tenant whose conversations are stored inside. */
export interface WorkspaceConfig {
  readonly id: string;
  readonly edition: 'enterprise' | 'edu';
  readonly retention: Retention;
  /** Ids of models of the same file. */
  readonly models: readonly string[];
  readonly identity?: IdentityConfig;
  readonly limits: WorkspaceLimits;
}

/** Where a workspace's members sign in, which of them have which role, and from which pages. */
export interface IdentityConfig {
  /** None: they are users of the workspace's own Cognito pool. */
  readonly provider?: ProviderConfig;
  /** The shared user pool in place of one of the workspace's own. */
  readonly shared?: string;
  readonly groups: {
    readonly member?: readonly string[];
    readonly admin?: readonly string[];
    readonly auditor?: readonly string[];
  };
  /** What names the groups of who signs in. */
  readonly groupsAttribute?: string;
  readonly clients: {
    readonly callbackUrls?: readonly string[];
    readonly logoutUrls?: readonly string[];
    readonly corsOrigins?: readonly string[];
  };
}

/** A user pool that several workspaces share, and where its people sign in. */
export interface SharedIdentityConfig {
  readonly id: string;
  readonly provider: ProviderConfig;
  readonly groupsAttribute?: string;
}

/** An identity provider of the organisation. */
export type ProviderConfig =
  | { readonly kind: 'saml' /** The text of the metadata document. */; readonly metadata: string }
  | {
      readonly kind: 'oidc';
      readonly issuer: string;
      readonly clientId: string;
      readonly clientSecretName: string;
      readonly scopes?: readonly string[];
    };

export interface WorkspaceLimits {
  readonly tokensPerMemberPerDay?: number;
  readonly tokensPerDay?: number;
  readonly requestsPerMinute?: number;
  /** Estimated tokens that a model is sent of a conversation. */
  readonly windowTokens?: number;
}

/** An API tenant whose requests are processed inside and not stored. */
export interface ProjectConfig {
  readonly id: string;
  readonly models: readonly string[];
  readonly limits: ProjectLimits;
}

export interface ProjectLimits {
  readonly requestsPerMinute?: number;
  readonly tokensPerDay?: number;
}
