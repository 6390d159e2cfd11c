export const FIELD_GROUPS = ['person', 'content', 'time', 'use', 'volume', 'outcome', 'technical'] as const;

/** A kind of value that a source records. */
export type FieldGroup = (typeof FIELD_GROUPS)[number];

/** People who can read a source: operators by IAM permissions, the others by their role in a workspace. */
export type Reader = 'operators' | 'auditors' | 'administrators' | 'members';

/** What an erasure of a member does to a source. */
export type ErasureEffect = 'deleted' | 'stays' | 'by-administrator' | 'no-person';

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
  /** How long it is retained in fact, in the report's words, if that isn't the retention of its store. */
  readonly period?: string;
  /** What sets its retention: a key of `residency.yaml`, or a property of a construct, as `Construct.property`. */
  readonly setting?: { readonly in: 'file' | 'construct'; readonly name: string };
  readonly readers: readonly Reader[];
  readonly erasure: ErasureEffect;
}
