import type { TenantKind } from '../tenant';
import type { IdentityPolicy } from './identity-policy';

/** What a gateway reads from `policy.json`: the decisions that its role and the endpoints are made of. */
export interface GatewayPolicy {
  readonly boundary: string;
  /** What the owner declares about OpenAI; none where it isn't called. No deployment writes it, only `serve`. */
  readonly openai?: OpenAiTerms;
  readonly keepsContent: boolean;
  readonly tenant: { readonly kind: TenantKind; readonly ids: readonly string[] };
  readonly models: readonly PolicyModel[];
  /** None for projects. */
  readonly identity?: IdentityPolicy;
  /** What the members of a workspace may use; projects have limits of their own. */
  readonly limits?: MemberLimits;
  /** The origins whose pages may read answers. */
  readonly corsOrigins?: readonly string[];
  /** How old the check result of a Region's settings may be before no project is served from that Region; projects only. */
  readonly maxReadingAgeHours?: number;
  readonly projects?: readonly PolicyProject[];
}

export interface OpenAiTerms {
  readonly reason: string;
  readonly zeroRetention: boolean;
  readonly schemasMayLeave: boolean;
}

export interface PolicyModel {
  readonly id: string;
  readonly destinations: readonly (BedrockTarget | OpenAiTarget | ServerTarget)[];
}

export interface BedrockTarget {
  readonly region: string;
  readonly id: string;
  /** Regions that Bedrock itself named beyond those of the facts. */
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

export interface MemberLimits {
  readonly tokensPerMemberPerDay?: number;
  readonly tokensPerDay?: number;
  readonly requestsPerMinute?: number;
  /** How many tokens of a conversation a model is sent, by estimate. */
  readonly windowTokens?: number;
}

export interface PolicyProject {
  readonly id: string;
  readonly models: readonly string[];
  readonly limits: { readonly requestsPerMinute?: number; readonly tokensPerDay?: number };
}
