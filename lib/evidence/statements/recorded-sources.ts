export const FIELD_GROUPS = ['person', 'content', 'time', 'use', 'volume', 'outcome', 'technical'] as const;

/** A kind of value that a source records. */
export type FieldGroup = (typeof FIELD_GROUPS)[number];

/** People who can read a source: operators by IAM permissions, the others by their role in a workspace. */
export type Reader = 'operators' | 'auditors' | 'declaredAuditors' | 'administrators' | 'members';

/** What an erasure of a member does to a source. */
export type ErasureEffect = 'deleted' | 'stays' | 'unlinked' | 'by-administrator' | 'no-person';

/** What sets a period: a key of `residency.yaml`, a property of a construct, as `Construct.property`, a request to AWS Support, or nothing that can be changed. */
export interface Setting {
  readonly in: 'file' | 'construct' | 'support' | 'nothing';
  readonly name?: string;
  /** The stores that it sets, if not all. */
  readonly stores?: readonly string[];
}

/** A log, record, metric, trail or table that shows who used what, and when. */
export interface RecordedSource {
  /** The names of its fields; for rows, those of the package's own types. */
  readonly fields: Readonly<Partial<Record<FieldGroup, readonly string[]>>>;
  /** The ends of the construct paths of the stores that hold it. The report has their retention. */
  readonly stores: readonly string[];
  /** The beginning of the names of its objects, if it is a part of a bucket. */
  readonly prefix?: string;
  /** Whether it exists only if the configuration declares it. Its stores aren't the deployment's. */
  readonly isDeclared?: true;
  /** Whether it exists only where members create API keys. Its store is also that of other sources. */
  readonly ofMemberKeys?: true;
  /** How long it is retained, in the report's words, if that isn't the retention of its store. Backups of the store retain it for longer. */
  readonly period?: string;
  /** @default - nothing that can be changed */
  readonly settings?: readonly Setting[];
  /** Whether it relates to a member by another source, such as the links or the trail, though it names none. */
  readonly isIndirect?: true;
  readonly readers: readonly Reader[];
  readonly erasure: ErasureEffect;
}
