import type { DeclaredProvider } from '../../boundary/declared-provider';
import type { FactLayer } from '../../facts/layers';
import type { BedrockApiFact } from '../../facts/model-facts';
import type { PolicyCourse, PolicyGroup } from '../courses';
import type { MonitoringPolicy } from '../monitoring';
import type { TenantKind } from '../tenant';
import type { PolicyPrice } from '../token-prices';
import type { IdentityPolicy } from './identity-policy';

/**
 * The policy that a gateway reads from `policy.json`: the decisions from which its role and the endpoints are derived.
 */
export interface GatewayPolicy {
  readonly boundary: string;
  /** Rows newer than the package that decide on these models; none if the package's facts decide alone. */
  readonly facts?: readonly FactLayer[];
  /** The owner's declaration about OpenAI; none if OpenAI isn't called. */
  readonly openai?: OpenAiTerms;
  /** The declared providers outside AWS whose models these are; none if none is called. */
  readonly providers?: readonly DeclaredProvider[];
  /** Whether providers under non-EU law are refused; if it isn't declared, they aren't. */
  readonly euOwnedOnly?: boolean;
  readonly keepsContent: boolean;
  readonly tenant: { readonly kind: TenantKind; readonly ids: readonly string[] };
  readonly models: readonly PolicyModel[];
  /** None for projects. */
  readonly identity?: IdentityPolicy;
  /** Whether a workspace's members create API keys, and how recently the member of one must have signed in; none if they don't. */
  readonly memberKeys?: { readonly signInWithinDays: number };
  /** Groups that have a budget; none if the workspace has none. */
  readonly groups?: readonly PolicyGroup[];
  /** Courses whose budgets members' keys can charge; none if the workspace has none. */
  readonly courses?: readonly PolicyCourse[];
  /** The limits of a workspace's members; projects have their own. */
  readonly limits?: MemberLimits;
  /** What is shown about the use of a workspace; none if the deployment declares nothing about it. */
  readonly monitoring?: MonitoringPolicy;
  /** The origins whose pages may read answers. */
  readonly corsOrigins?: readonly string[];
  /** How old the check result of a Region's settings may be before no project is served from that Region; projects only. */
  readonly maxReadingAgeHours?: number;
  readonly projects?: readonly PolicyProject[];
  /** What projects may be that are created at run time; none if there are none. */
  readonly openProjects?: PolicyOpenProjects;
  /** The guardrails of a workspace, one for each source Region of its models; projects have their own. */
  readonly guardrails?: readonly PolicyGuardrail[];
  /** What the destinations charge that have a known price; none if nothing has a budget in US dollars. */
  readonly prices?: readonly PolicyPrice[];
}

/** A guardrail in one source Region: by its ID or ARN, or by its position in the variable `GUARDRAILS`, which holds ARNs. */
export type PolicyGuardrail = {
  readonly region: string;
  /** Its guardrail profile, in whose Regions it evaluates content too. */
  readonly profile?: string;
} & ({ readonly id: string; readonly version: string } | { readonly at: number });

export interface OpenAiTerms {
  readonly reason: string;
  readonly zeroRetention: boolean;
  readonly schemasMayLeave: boolean;
}

export interface PolicyModel {
  readonly id: string;
  readonly destinations: readonly (BedrockTarget | OpenAiTarget | ServerTarget | ProviderTarget)[];
  /** Whether failover may change the model; if it isn't declared, it may. */
  readonly interchangeable?: boolean;
  /** Whether the provider may cache prompts; if it isn't declared, for workspaces and for requests that ask for it. */
  readonly caching?: boolean;
}

export interface BedrockTarget {
  readonly region: string;
  readonly id: string;
  /** The API by which chats are sent; Converse if there is none. */
  readonly api?: BedrockApiFact['api'];
  /** Regions that Bedrock reports in addition to those in the facts. */
  readonly furtherRegions?: readonly string[];
}

export interface OpenAiTarget {
  readonly openai: string;
}

/** A model of a server in the gateway's own network. */
export interface ServerTarget {
  readonly server: string;
  readonly model: string;
  readonly kind: 'text' | 'embedding';
  readonly addresses?: readonly string[];
  readonly region: string;
}

/** A model of a declared provider outside AWS. */
export interface ProviderTarget {
  readonly provider: string;
  readonly model: string;
  readonly kind: 'text' | 'embedding';
}

export interface MemberLimits {
  readonly tokensPerMemberPerDay?: number;
  readonly requestsPerMemberPerMinute?: number;
  readonly storedBytesPerMemberPerDay?: number;
  readonly tokensPerDay?: number;
  readonly requestsPerMinute?: number;
  readonly concurrentRequests?: number;
  /** The budget of a calendar month in UTC, in tokens and in US dollars. */
  readonly tokensPerMonth?: number;
  readonly usdPerMonth?: number;
  /** The same for each member, without requests that charge a course. */
  readonly tokensPerMemberPerMonth?: number;
  readonly usdPerMemberPerMonth?: number;
  /** The size of the context sent to a model, in estimated tokens. */
  readonly windowTokens?: number;
}

export interface PolicyProject {
  readonly id: string;
  readonly models: readonly string[];
  readonly limits: ProjectLimits;
  /** One for each source Region of its models; none if nothing checks its content. */
  readonly guardrails?: readonly PolicyGuardrail[];
}

/** The limits of a project, over all of its keys. */
export type ProjectLimits = Pick<MemberLimits, (typeof PROJECT_LIMITS)[number]>;

/** The limits that a project can have. */
export const PROJECT_LIMITS = [
  'requestsPerMinute',
  'tokensPerDay',
  'concurrentRequests',
  'tokensPerMonth',
  'usdPerMonth',
] as const;

/** The models and guardrails of open projects, and the limits that none of them exceeds. */
export type PolicyOpenProjects = Omit<PolicyProject, 'id'>;
