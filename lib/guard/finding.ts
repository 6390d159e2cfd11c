/**
 * The certainty of a finding. `block`: the value leaves the boundary. `unresolved`: the guard can't decide, so it also blocks
 * unless the caller chose otherwise. `info`: worth knowing, never blocks.
 */
export type Level = 'block' | 'unresolved' | 'info';

/** What a construct library declares for a finding; it permits nothing until the app's owner accepts it. */
export interface Proposal {
  readonly library: string;
  readonly reason: string;
  /** The place that the library knows; otherwise it proposes an exception. */
  readonly place?: {
    readonly host?: string;
    readonly bucket?: string;
    readonly type?: string;
    readonly country: string;
  };
}

/** The guard's report about one value. */
export interface Finding {
  /** Id of the rule, stable and never reused. */
  readonly rule: string;
  readonly level: Level;
  /** Name of the stack or file, as the caller gave it. */
  readonly stack: string;
  /** The file that contains it, if there is one. */
  readonly file?: string;
  /** Logical id of the resource; absent if the finding is about the template as a whole. */
  readonly logicalId?: string;
  readonly type?: string;
  /** JSON pointer from the resource, such as `/Properties/Replicas/1/Region`. */
  readonly path?: string;
  /** The same with entries of lists by their names, such as `/Properties/Tags[owner]/Value`, if that differs. */
  readonly namedPath?: string;
  /** What was found there, shortened. */
  readonly value?: string;
  /** The template's content there as JSON, if `value` doesn't contain all of it. */
  readonly written?: string;
  /** Of a stack outside the boundary: the types of its resources, without custom ones. */
  readonly types?: readonly string[];
  readonly place?: { readonly region?: string; readonly country?: string };
  /** The value and why it is refused. */
  readonly message: string;
  readonly fix: string;
  /** URL of the page that the rule is based on. */
  readonly documentation: string;
  /** Path of the construct that defines the resource, if a construct tree or an assembly's metadata is available. */
  readonly constructPath?: string;
  /** The position in the app's own code that creates the construct: `lib/stacks/chat.ts:12:5`. */
  readonly source?: string;
  readonly proposal?: Proposal;
}

/** Whether a finding stops a deployment by default. */
export const blocks = (finding: Finding): boolean => finding.level !== 'info';
