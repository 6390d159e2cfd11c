import type { Access } from '../../report/access/key-access';
import type { Basis, Cell, ExternalLine, StorePart } from '../../report/inventory-line';

/** The data that every page and document is made from. The same assembly, facts and date give the same bytes. */
export interface Evidence {
  /** The version of this form. Fields are only added within one. */
  readonly format: 1;
  readonly head: EvidenceHead;
  /** Every Region that holds or may process something, and each Region outside that something refers to. */
  readonly regions: readonly RegionRow[];
  readonly tenants: readonly TenantRow[];
  readonly stores: readonly StoreRow[];
  readonly keys: readonly KeyRow[];
  readonly models: readonly ModelRow[];
  /** From a Region to each Region that its data may reach: inference, replication, copies of keys. */
  readonly flows: readonly FlowRow[];
  readonly exceptions: readonly ExceptionRow[];
  readonly findings: readonly FindingRow[];
  readonly alarms: readonly AlarmRow[];
  /** The company behind the platform; only where destinations are outside AWS, or only EU-owned companies may be called. */
  readonly platform?: PlatformStatement;
  /** What the account has now; absent without `--live`. */
  readonly live?: readonly LiveRow[];
  /** Drills of providers that were given; absent without one. */
  readonly drills?: readonly DrillRow[];
}

/** Whose the platform is, and whether that is required of others. */
export interface PlatformStatement {
  readonly company: string;
  readonly owner: string;
  /** The country of the law that the owner is under, in ISO 3166-1 alpha-2. */
  readonly ownerCountry: string;
  /** The date of the fact. */
  readonly asOf: string;
  /** Whether companies are refused whose owner isn't under EU law. It never refuses the platform. */
  readonly euOwnedOnly: boolean;
}

export interface EvidenceHead {
  /** Of the package. */
  readonly version: string;
  /** The day, in UTC, by which expiry and age are checked. */
  readonly date: string;
  /** From `residency.yaml`; absent for an app without one. The name is empty if only the others are given. */
  readonly organisation?: { readonly name: string; readonly controller?: string; readonly dpo?: string };
  readonly boundary: {
    readonly name: string;
    readonly countries: readonly string[];
    readonly regions: readonly string[];
  };
  /** The hash of each template as it is deployed. */
  readonly templates: readonly EvidenceTemplate[];
  /** The facts by which everything was checked. */
  readonly facts: { readonly release: string; readonly asOf: string; readonly sha256: string };
  readonly summary: {
    readonly ok: number;
    readonly attention: number;
    readonly failed: number;
    readonly unknown: number;
  };
  /** Of a report over several accounts: the report of each account, from which this one was made. */
  readonly parts?: readonly EvidencePart[];
}

/** A template that was read. */
export interface EvidenceTemplate {
  readonly stack: string;
  readonly file: string;
  readonly sha256: string;
  /** The account that the stack names; absent if it names none. */
  readonly account?: string;
}

/** The report of one account. */
export interface EvidencePart {
  readonly account: string;
  /** Of that report. */
  readonly date: string;
  /** Of its `evidence.json`. */
  readonly sha256: string;
  /** The SHA-256 of the public key by which its files were verified; absent if none was checked. */
  readonly signedBy?: string;
}

/** `attention`: a person should read it, such as a fact that is stale. `failed`: it breaks the boundary or a promise. */
export type EvidenceStatus = 'ok' | 'attention' | 'failed' | 'unknown';

/** What every row states. */
export interface EvidenceRow {
  /** Unique and stable between reports of the same app: section, stack and construct. */
  readonly id: string;
  /** What is checked, such as `store.place`; for a finding, the rule's ID. */
  readonly criterion: string;
  readonly status: EvidenceStatus;
  readonly reason: string;
  /** What to do; empty if there is nothing to do. */
  readonly remedy: string;
  readonly pointer: EvidencePointer;
  readonly basis: Basis;
  /** The day of the statement: of a fact, its as-of date; of what the template enforces, the report's date. */
  readonly date: string;
}

/** Where to look. */
export interface EvidencePointer {
  readonly stack?: string;
  /** The construct's path below the stack, or the logical ID. */
  readonly construct?: string;
  /** The template's file in the assembly. */
  readonly file?: string;
  /** A JSON pointer into the file. */
  readonly path?: string;
  /** A page of the documentation, or the source of a fact. */
  readonly url?: string;
}

export interface RegionRow extends EvidenceRow {
  readonly region: string;
  readonly name: string;
  readonly country: string;
  readonly isInside: boolean;
  /** What it does for this deployment. */
  readonly uses: readonly RegionUse[];
}

export type RegionUse = 'stores' | 'keys' | 'gateway' | 'inference' | 'recovery';

/** A workspace or a project. */
export interface TenantRow extends EvidenceRow {
  readonly kind: 'workspace' | 'project';
  readonly tenant: string;
  readonly stack: string;
  readonly region: string;
  readonly retention: Cell;
  /** Names of the models that it may use. */
  readonly models: readonly string[];
}

export interface StoreRow extends EvidenceRow {
  readonly stack: string;
  readonly name: string;
  /** What it is, in the service's terms. */
  readonly kind: string;
  readonly region: string;
  readonly country: Cell;
  readonly key?: Cell;
  readonly retention?: Cell;
  /** How long a bucket retains the objects below a prefix that has a rule of its own. */
  readonly parts?: readonly StorePart[];
  /** The tag of the workspace or of the projects that it belongs to; none if tenants share it, or there is none. */
  readonly tenant?: string;
  /** Of a bucket to which a trail of these templates writes. */
  readonly trail?: StoreTrail;
}

/** The trail that writes to a bucket. */
export interface StoreTrail {
  readonly isLogging: boolean;
  /** Whether the bucket's object lock has a default retention. */
  readonly isLocked: boolean;
  /** `management` and the types of resources of which every use is recorded. */
  readonly records: readonly string[];
}

type Key = Access['keys'][number];

export interface KeyRow extends EvidenceRow {
  readonly stack?: string;
  readonly key: string;
  readonly region: string;
  readonly protects: Key['protects'];
  /** The principals that can read what is under the key. */
  readonly principals: Key['entries'];
  readonly denied: Key['denied'];
  /** Why there may be more principals; empty if the list is complete. */
  readonly unknown: readonly string[];
}

/** A destination that a gateway can call. */
export interface ModelRow extends EvidenceRow {
  readonly stack: string;
  readonly gateway: string;
  /** The names by which clients ask for it. */
  readonly models: readonly string[];
  readonly destination: string;
  readonly sourceRegion: string;
  readonly processedIn: Cell;
  readonly regions: readonly string[];
  readonly providerRetains: Cell;
  /** The end of the model's life, if its provider announced one. */
  readonly endsOn?: string;
  /** Of a destination outside AWS: its host and company. */
  readonly external?: ExternalLine;
}

export interface FlowRow extends EvidenceRow {
  readonly kind: 'inference' | 'replication' | 'key copy' | 'other';
  readonly from: string;
  readonly to: string;
}

export interface ExceptionRow extends EvidenceRow {
  readonly rule: string;
  readonly approvedBy?: string;
  readonly why: string;
  readonly expires?: string;
}

export interface FindingRow extends EvidenceRow {
  readonly level: 'block' | 'unresolved' | 'info';
}

export interface AlarmRow extends EvidenceRow {
  readonly name: string;
  readonly region: string;
  /** What it means, by its description. */
  readonly meaning: string;
  readonly notifies: readonly string[];
}

/** What was read from the account, with the time at which it was. */
export interface LiveRow extends EvidenceRow {
  /** In ISO 8601. */
  readonly readAt: string;
}

/** What a drill of a provider measured. */
export interface DrillRow extends EvidenceRow {
  readonly provider: string;
  /** The model that was asked for. */
  readonly model: string;
  /** When the provider was taken out of use, in ISO 8601. */
  readonly at: string;
  /** Until other destinations answered; absent if they didn't within a minute. */
  readonly outAfterSeconds?: number;
  /** Until the provider answered again; absent if it didn't within a minute. */
  readonly backAfterSeconds?: number;
  readonly requests: { readonly sent: number; readonly failed: number };
  /** The number of answers of each destination. */
  readonly answers: Readonly<Record<string, number>>;
}
