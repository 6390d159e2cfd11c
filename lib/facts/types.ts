/** How far a fact can be relied on. Only `high` and `medium` rows allow anything; a `low` row never does. */
export type Confidence = 'high' | 'medium' | 'low';

/** What every fact carries, so that an output can say where it comes from and how old it is. */
export interface Sourced {
  /** Key into {@link SOURCES}. */
  readonly source: string;
  /** Date of the source, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly confidence: Confidence;
}

/** An AWS Region and the country it physically is in. */
export interface RegionFact extends Sourced {
  readonly code: string;
  readonly partition: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly city: string | null;
  readonly euMember: boolean;
  readonly eea: boolean;
  /** True when an account must enable the Region before it can be used. */
  readonly optIn: boolean;
  readonly dnsSuffix: string;
  /** What the ids of its Availability Zones begin with, before `-az`; null when no source was read. */
  readonly azIdPrefix: string | null;
}

/** The DNS suffixes of an AWS partition. */
export interface PartitionFact extends Sourced {
  readonly partition: string;
  readonly dnsSuffixes: readonly string[];
}

/** A domain that one AWS service has for itself. */
export interface ServiceDomainFact extends Sourced {
  readonly suffix: string;
  /** `regional` hosts name their Region in the label before the suffix; `edge` hosts are served worldwide. */
  readonly placement: 'regional' | 'edge';
  readonly service: string;
}

/** A Local Zone or Wavelength Zone, which can stand in another country than its parent Region. */
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

/** A cross-Region profile: where a request may be processed, by the Region it is sent from. */
export interface ProfileFact extends Sourced {
  readonly id: string;
  readonly kind: 'inference' | 'guardrail' | 'data-automation';
  readonly prefix: string;
  /** The foundation model behind an inference profile; null for the other kinds. */
  readonly modelId: string | null;
  /** Source Region to destination Regions; null when no destination list was ever read. `*` is any Region. */
  readonly routes: Readonly<Record<string, readonly string[]>> | null;
  readonly status: 'listed' | 'disputed' | 'likely-retired';
}

/** A foundation model that a Region serves itself, without cross-Region routing. */
export interface OnDemandModelFact extends Sourced {
  readonly modelId: string;
  readonly kind: 'text' | 'embedding' | 'image' | 'video' | 'speech' | 'rerank' | 'safeguard';
  readonly regions: readonly string[];
}

/** What the provider of a model keeps of a request while the Region's retention mode is `none`. */
export interface ModelRetentionFact extends Sourced {
  readonly modelId: string;
  readonly underNone: 'served' | 'blocked' | 'unknown';
  /** Days that content is kept; null when unknown. */
  readonly days: number | null;
  readonly keeper: string | null;
  readonly what: string;
}

/** A host outside AWS's regional naming, and what its provider says of where it processes. */
export interface HostFact extends Sourced {
  readonly provider: string;
  readonly name: string;
  /** Lower case; `<name>` marks one DNS label that varies. */
  readonly host: string;
  /** True only if the provider confines processing to EU member states for every request to this host. */
  readonly euOnly: boolean;
  readonly processingScope: string;
}

/** A provider beside AWS: what it keeps of a request, and what it calls Europe. */
export interface ProviderFact extends Sourced {
  readonly provider: string;
  readonly host: string;
  /** Days that content is kept of a customer whom the provider has promised to keep nothing. */
  readonly days: number;
  /** Days that content is kept of any other customer. */
  readonly daysDefault: number;
  /** What is kept of every customer. */
  readonly keptAnyway: string;
  readonly europeMeans: string;
}

/** An AWS host without a Region in its name. */
export interface GlobalServiceFact extends Sourced {
  readonly service: string;
  readonly host: string;
  readonly homeRegion: string | null;
  readonly plane: string;
}

/** Where a fact was read. */
export interface SourceFact {
  readonly title: string;
  readonly url: string | null;
}

/** What a CloudFormation type does with data; the source file says what each class means. */
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

/** By service (`AWS::S3`) and class: the names of the types, separated by spaces. */
export type ResourceTypes = Readonly<Record<string, Readonly<Partial<Record<ResourceClass, string>>>>>;

/** Kinds of property that a rule judges by more than what its text names. */
export type PlacePropertyKind = 'region' | 'zone' | 'model' | 'bucket' | 'destination' | 'host' | 'third-party';

/** By type and kind: JSON pointers from `Properties`, with `*` for the items of a list or map. */
export type PlaceProperties = Readonly<Record<string, Readonly<Partial<Record<PlacePropertyKind, readonly string[]>>>>>;
