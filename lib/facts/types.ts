import type { Service } from './services';

/** The reliability of a fact. Only `high` and `medium` rows allow anything; a `low` row never does. */
export type Confidence = 'high' | 'medium' | 'low';

/** The fields of every fact, so that an output can state its source and age. */
export interface Sourced {
  /** Key into {@link SOURCES}. */
  readonly source: string;
  /** Date of the source, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly confidence: Confidence;
}

/** An AWS Region and the country where it is physically located. */
export interface RegionFact extends Sourced {
  readonly code: string;
  readonly partition: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly city: string | null;
  readonly euMember: boolean;
  readonly eea: boolean;
  /** True if an account must enable the Region before use. */
  readonly optIn: boolean;
  readonly dnsSuffix: string;
  /** The prefix of its Availability Zone ids, before `-az`; null if no source was read. */
  readonly azIdPrefix: string | null;
}

/** Where a Region is drawn on a map, in degrees. It decides nothing. */
export interface RegionCoordinatesFact extends Sourced {
  readonly code: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** The DNS suffixes of an AWS partition. */
export interface PartitionFact extends Sourced {
  readonly partition: string;
  readonly dnsSuffixes: readonly string[];
}

/** A domain that belongs to one AWS service. */
export interface ServiceDomainFact extends Sourced {
  readonly suffix: string;
  /** `regional` hosts contain their Region in the label before the suffix; edge locations worldwide serve `edge` hosts. */
  readonly placement: 'regional' | 'edge';
  readonly service: string;
}

/** A Local Zone or Wavelength Zone, which can be in a different country from its parent Region. */
export interface ZoneFact extends Sourced {
  readonly name: string | null;
  readonly zoneId: string | null;
  readonly type: 'local-zone' | 'wavelength';
  readonly country: string;
  readonly parentRegion: string;
  readonly euMember: boolean;
  readonly eea: boolean;
  readonly status: 'available' | 'planned' | 'announced';
}

/** A cross-Region profile: the Regions that may process a request, by source Region. */
export interface ProfileFact extends Sourced {
  readonly id: string;
  readonly kind: 'inference' | 'guardrail' | 'data-automation';
  readonly prefix: string;
  /** The foundation model behind an inference profile; null for the other kinds. */
  readonly modelId: string | null;
  /** Source Region to destination Regions; null if no destination list was ever read. `*` is any Region. */
  readonly routes: Readonly<Record<string, readonly string[]>> | null;
  readonly status: 'listed' | 'disputed' | 'likely-retired';
}

/** A foundation model that a Region serves itself, without cross-Region routing. */
export interface OnDemandModelFact extends Sourced {
  readonly modelId: string;
  readonly kind: ModelKind;
  readonly regions: readonly string[];
}

/** A foundation model, wherever it is served: its maker and purpose, and when it was released and ends. */
export interface ModelFact extends Sourced {
  readonly modelId: string;
  /** The provider's own name of it: `Claude Sonnet 4.5`. */
  readonly name: string;
  /** The first part of its id: `anthropic`. */
  readonly maker: string;
  readonly kind: ModelKind;
  /** The day on which Bedrock began to serve it; null if no source was read. */
  readonly releasedAt: string | null;
  /** The day from which the provider advises against it, and new customers can't use it; null if none is announced. */
  readonly legacyFrom: string | null;
  /** The day from which it is no longer served; null if none is announced. */
  readonly endsAt: string | null;
  /** The earliest day on which it can end, if only that is announced. */
  readonly endsNotBefore: string | null;
}

/**
 * What a foundation model accepts through Bedrock's Converse, besides messages: whatever else is sent is a 400. `null` means that no
 * source was read.
 */
export interface ModelTraitsFact extends Sourced {
  readonly modelId: string;
  /** Which of `temperature` and `topP` it accepts: each and both together, one at a time, or none. */
  readonly sampling: 'both' | 'one' | 'none' | null;
  /** The most stop sequences; 0 if it refuses the field. */
  readonly stopSequences: number | null;
  /** Whether it accepts system prompts. */
  readonly system: boolean | null;
  /** When it reasons: never, only if requested (`off`), unless it is switched off (`on`), or always. */
  readonly reasoning: 'none' | 'off' | 'on' | 'always' | null;
  /** How reasoning effort is requested; null if no way is known. */
  readonly effort: EffortTrait | null;
  /** Which of its reasoning it accepts in a later turn: with the provider's signature only, without one, or none. */
  readonly reasoningBack: 'signed' | 'unsigned' | 'none' | null;
  /** Bedrock itself enforces a JSON schema on the answer. */
  readonly structuredOutput: boolean;
  readonly tools: boolean;
  /** Bedrock itself enforces the schema of a tool that is `strict`. */
  readonly strictTools: boolean | null;
  /** Whether it can be required to call a tool: one by name or any, only any, or neither. */
  readonly forcedTools: 'named' | 'any' | 'none';
  /** Whether it can be required to call a tool in a request that also switches reasoning on. */
  readonly forcedToolsWithReasoning: boolean | null;
  /** Whether it accepts tools in a stream. */
  readonly streamedTools: boolean | null;
  /** Whether the last message may be the assistant's, which the answer continues. */
  readonly prefill: boolean | null;
  /** Where a cache point may stand; null if none is known. */
  readonly cachePoints: CachePointsTrait | null;
  readonly images: boolean;
  readonly documents: boolean | null;
  /** Tokens of input and output together. */
  readonly contextWindow: number | null;
  /** The most tokens of one answer. */
  readonly maxOutput: number | null;
  /** The most tokens of an answer for which no maximum is requested, if they are fewer than `maxOutput`. */
  readonly defaultOutput: number | null;
}

/** How a model is asked for reasoning effort. */
export interface EffortTrait {
  /**
   * The field of `additionalModelRequestFields`:
   *
   * - `adaptive`: `thinking` of type `adaptive`, and `output_config.effort` (Claude from 4.6)
   * - `thinking-budget`: `thinking` of type `enabled`, and a number of tokens (Claude up to 4.5)
   * - `reasoning-effort`, `reasoning-config`: a field of that name with the value (gpt-oss, DeepSeek, GLM; Qwen)
   * - `nova-reasoning`: `reasoningConfig` with `maxReasoningEffort` (Nova 2)
   */
  readonly by: 'adaptive' | 'thinking-budget' | 'reasoning-effort' | 'reasoning-config' | 'nova-reasoning';
  /** The accepted values, from the least; for a budget, those that the gateway converts to tokens. */
  readonly values: readonly string[];
  /** Those of the values with which neither sampling nor a maximum of tokens may be sent. */
  readonly alone: readonly string[];
  /** Whether the text of its reasoning is omitted unless `display` requests it. */
  readonly hidden: boolean;
}

/** Where a model's prompt cache may begin. */
export interface CachePointsTrait {
  readonly fields: readonly ('system' | 'tools' | 'messages')[];
  /** The fewest tokens before a cache point. */
  readonly minTokens: number;
  /** The most cache points of a request. */
  readonly most: number;
  /** How long a prefix may be cached. */
  readonly ttl: readonly ('5m' | '1h')[];
}

/** The purpose of a model. */
export type ModelKind = 'text' | 'embedding' | 'image' | 'video' | 'speech' | 'rerank' | 'safeguard';

/** The part of a request that a model's provider retains while the Region's retention mode is `none`. */
export interface ModelRetentionFact extends Sourced {
  readonly modelId: string;
  readonly underNone: 'served' | 'blocked' | 'unknown';
  /** Days for which content is retained; null if unknown. */
  readonly days: number | null;
  readonly keeper: string | null;
  readonly what: string;
}

/** Whether what is promised of requests through Bedrock's Converse is also true of another API of the `bedrock-runtime` endpoint. */
export interface BedrockApiFact extends Sourced {
  readonly api: 'chat-completions';
  /**
   * The promise:
   *
   * - `retention`: the retention mode of the account governs the requests, and under `none` nothing of them is retained
   * - `routing`: an inference profile routes to the same Regions as it does through Converse
   */
  readonly promise: 'retention' | 'routing';
  readonly holds: boolean;
  /** What the source says, as a clause. */
  readonly what: string;
}

/** A host outside AWS's regional naming, and its provider's statement about where it processes data. */
export interface HostFact extends Sourced {
  readonly provider: string;
  readonly name: string;
  /** Lower case; `<name>` marks one DNS label that varies. */
  readonly host: string;
  /** ISO 3166-1 alpha-2 codes of the countries where it processes requests; null for any, or any of the EU if `euOnly`. */
  readonly countries: readonly string[] | null;
  /** True only if the provider limits processing to EU member states for every request to this host. */
  readonly euOnly: boolean;
  readonly processingScope: string;
}

/** A host of a known AI provider without a promise to process in the EU. */
export interface OutsideHostFact extends Sourced {
  readonly provider: string;
  /** Lower case; `<name>` marks one DNS label that varies. */
  readonly host: string;
  readonly processingScope: string;
}

/** A location of another cloud provider, by its own name. */
export interface CloudLocationFact extends Sourced {
  readonly provider: 'azure' | 'google';
  /** Such as `swedencentral` or `europe-west4`. */
  readonly name: string;
  /** ISO 3166-1 alpha-2; null if no source names it. */
  readonly country: string | null;
}

/** What a model costs. */
export interface PriceFact extends Sourced {
  /** The id of the profile or model that is called. */
  readonly id: string;
  /** The Region that is called; null if the price is the same from each. */
  readonly region: string | null;
  readonly inputPerMillion: number;
  readonly outputPerMillion: number;
  readonly cacheReadPerMillion: number | null;
  readonly cacheWritePerMillion: number | null;
  readonly currency: 'USD';
}

/** A quota of Service Quotas, which has codes and no stable names. */
export interface QuotaFact extends Sourced {
  /** What is counted, such as `nat-gateways`. */
  readonly id: string;
  /** The service, as Service Quotas names it. */
  readonly service: string;
  /** The code in Service Quotas. */
  readonly code: string;
  /** What is counted, in the plural. */
  readonly name: string;
}

/** What an AWS service charges for a number of units in a month. */
export interface ServicePriceFact extends Sourced {
  /** What is charged for, such as `interface-endpoint`. */
  readonly id: string;
  /** The Region; null if the price is the same in each. */
  readonly region: string | null;
  /** US dollars for `units` units. */
  readonly usd: number;
  readonly units: number;
  /** The unit in the plural, such as `zone-hours`. */
  readonly unit: string;
  /** The units that are free in each month and account, for as long as the account exists; only where all users of the price share them. */
  readonly free: number;
  readonly currency: 'USD';
}

/** A provider other than AWS: the part of a request that it retains, and its definition of Europe. */
export interface ProviderFact extends Sourced {
  readonly provider: string;
  readonly host: string;
  /** Days for which content is retained for a customer with the provider's promise of zero retention; null if unknown. */
  readonly days: number | null;
  /** Days for which content is retained for any other customer; null if unknown. */
  readonly daysDefault: number | null;
  /** The data that is retained for every customer. */
  readonly keptAnyway: string;
  readonly europeMeans: string;
}

/** A service outside AWS that a deployment can call by OpenAI's protocol. What it retains and where it processes stands in other tables. */
export interface ServiceFact extends Sourced {
  readonly service: Service;
  /** The name in the tables of providers and hosts. */
  readonly provider: string;
  /** The host; `<resource>` stands for the name of the customer's resource. */
  readonly host: string;
  /** The path of its OpenAI-compatible API, without a slash at the end; null if no stored key works there. */
  readonly basePath: string | null;
  /** The header that carries its key; with `authorization`, after `Bearer`. */
  readonly keyHeader: 'authorization' | 'api-key';
  /** The legal entity that offers it to customers in the EU; null if unknown. */
  readonly company: string | null;
  /** The country of the law that its ultimate owner is under, in ISO 3166-1 alpha-2; null if unknown. */
  readonly ownerCountry: string | null;
  /** Whether its host is behind a CDN that others share, so that its place rests on the provider's claim; null if unknown. */
  readonly sharedCdn: boolean | null;
}

/** A deployment type of Azure's models, which decides where a deployment processes requests. */
export interface AzureSkuFact extends Sourced {
  /** Such as `DataZoneStandard`. */
  readonly sku: string;
  /**
   * Where it processes requests:
   *
   * - `zone`: in the data zone of the resource's Region
   * - `geography`: in the Regions of the resource's geography
   * - `anywhere`: in any Region
   * - `batch`: it answers batches only, so no request that waits for an answer
   */
  readonly reach: 'zone' | 'geography' | 'anywhere' | 'batch';
  readonly processingScope: string;
}

/** A geography of Azure with Regions in several countries; every other location of the EEA is in a geography of its own country. */
export interface AzureGeographyFact extends Sourced {
  readonly name: string;
  readonly locations: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
}

/** The places that a provider's Europe contains at most, where it is wider than the EU. */
export interface WiderEuropeFact extends Sourced {
  /** The name in the tables of providers and hosts. */
  readonly provider: string;
  /** `EEA`, or countries in ISO 3166-1 alpha-2. */
  readonly places: readonly string[];
}

/** The company behind the platform itself, AWS, and behind Bedrock. */
export interface PlatformFact extends Sourced {
  /** The contracting party of customers in the EU. */
  readonly company: string;
  readonly owner: string;
  /** The country of the law that its owner is under, in ISO 3166-1 alpha-2. */
  readonly ownerCountry: string;
}

/** An AWS host without a Region in its name. */
export interface GlobalServiceFact extends Sourced {
  readonly service: string;
  readonly host: string;
  readonly homeRegion: string | null;
  readonly plane: string;
}

/** The source of a fact. */
export interface SourceFact {
  readonly title: string;
  readonly url: string | null;
}

/** How a CloudFormation type handles data; the source file defines each class. */
export type ResourceClass =
  | 'regional'
  | 'global-metadata'
  | 'cross-region'
  | 'inspected'
  | 'edge'
  | 'third-party'
  | 'premises'
  | 'elsewhere'
  | 'unverified'
  | 'opaque';

/** Type names by service (`AWS::S3`) and class, separated by spaces. */
export type ResourceTypes = Readonly<Record<string, Readonly<Partial<Record<ResourceClass, string>>>>>;

/** Kinds of property that a rule checks in more detail than their text alone. */
export type PlacePropertyKind = 'region' | 'zone' | 'model' | 'bucket' | 'destination' | 'host' | 'third-party';

/** JSON pointers from `Properties`, by type and kind, with `*` for the items of a list or map. */
export type PlaceProperties = Readonly<Record<string, Readonly<Partial<Record<PlacePropertyKind, readonly string[]>>>>>;

/** The same in the short form that `scripts/short-paths.ts` writes, without `AWS::`. */
export type PlacePaths = Readonly<Record<string, Readonly<Partial<Record<PlacePropertyKind, string>>>>>;

/** What a resource type of Terraform's AWS provider is in CloudFormation. */
export interface TerraformType {
  /** A type without `AWS::`, or the class of a type that CloudFormation doesn't have. */
  readonly type: string;
  /**
   * Pointers to attributes, and to the properties that have the same meaning: `*` is every entry of a list, `0` is a block that occurs
   * once. A property that begins with `json:` or `containers:` is a document, which the attribute holds as a text.
   */
  readonly moves?: Readonly<Record<string, string>>;
  /** Properties with a fixed value, which are set together with one that a move sets. */
  readonly set?: Readonly<Record<string, string>>;
}

/** By the provider's name of the type. */
export type TerraformTypes = Readonly<Record<string, TerraformType>>;

/** A public Ed25519 key, as a JSON Web Key (RFC 8037). */
export interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** The key, in base64url. */
  readonly x: string;
}

/** A facts release that the owner accepted: which one, and until when it counts as current. */
export interface FactsRelease {
  /** It only increases from release to release. */
  readonly version: number;
  /** SHA-256 of its signed content, in hexadecimal. */
  readonly digest: string;
  /** The day on which the maintainers compared its rows with their sources. */
  readonly checkedAt: string;
  /** The day by which they meant to publish the next one. */
  readonly nextCheck: string;
  /** The first day on which it can't be accepted any more. Rows that were accepted before keep deciding. */
  readonly expires: string;
}

/** What is known to exist in the partition of the sovereign Region. */
export interface SovereignServices extends Sourced {
  readonly partition: string;
  /** The namespaces of CloudFormation, such as `Lambda`, separated by spaces. */
  readonly namespaces: string;
}

/** The keys of facts releases that this version of the package knows. */
export interface ReleaseKeys {
  /** The first keys in the order of their use; the last one signs releases. */
  readonly first: readonly FirstKey[];
  /** The key that can only name a new first key; null until the maintainers publish one. */
  readonly second: PublicJwk | null;
  /** The highest version that existed when this version of the package was published. */
  readonly version: number;
}

/** A key that signs facts releases. */
export interface FirstKey {
  /** The version of the statement that named it; it signs only higher ones. 0 for the one that was pinned. */
  readonly from: number;
  readonly key: PublicJwk;
}

/** Names of AWS managed policies, separated by spaces, by what their text allows outside the EU. */
export interface ManagedPolicies {
  /** The day of the texts. */
  readonly asOf: string;
  readonly bedrock: string;
  readonly sagemaker: string;
  /** Resources in a place outside that the policy names. */
  readonly place: string;
  /** Nothing, though the name suggests it. */
  readonly narrow: string;
}
