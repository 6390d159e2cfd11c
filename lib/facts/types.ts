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

/** What is known to exist in the partition of the sovereign Region. */
export interface SovereignServices extends Sourced {
  readonly partition: string;
  /** The namespaces of CloudFormation, such as `Lambda`, separated by spaces. */
  readonly namespaces: string;
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
