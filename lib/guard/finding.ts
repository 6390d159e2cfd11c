/**
 * How certain a finding is. `block`: the value leaves the boundary. `unresolved`: it can't be decided, so it blocks too
 * unless the caller chose otherwise. `info`: worth knowing, never blocks.
 */
export type Level = 'block' | 'unresolved' | 'info';

/** What the guard reports of one value. */
export interface Finding {
  /** Id of the rule, stable and never reused. */
  readonly rule: string;
  readonly level: Level;
  /** Name of the stack or of the file, as the caller gave it. */
  readonly stack: string;
  /** The file that it was found in, where there is one. */
  readonly file?: string;
  /** Logical id of the resource; absent when the finding is about the template as a whole. */
  readonly logicalId?: string;
  readonly type?: string;
  /** JSON pointer from the resource, such as `/Properties/Replicas/1/Region`. */
  readonly path?: string;
  /** The same with entries of lists by their names, such as `/Properties/Tags[owner]/Value`, if that differs. */
  readonly namedPath?: string;
  /** What was found there, shortened. */
  readonly value?: string;
  /** What the template says there, where `value` doesn't repeat all of it: JSON without the hashes of CDK. */
  readonly written?: string;
  /** Of a stack outside the boundary: the types of its resources, without custom ones. */
  readonly types?: readonly string[];
  readonly place?: { readonly region?: string; readonly country?: string };
  /** What was found and why that is refused, in one sentence. */
  readonly message: string;
  readonly fix: string;
  /** Address of the page that the rule rests on. */
  readonly documentation: string;
  /** Path of the construct that defines the resource, where a construct tree or an assembly's metadata is at hand. */
  readonly constructPath?: string;
  /** Where that construct is created in the app's own code: `lib/stacks/chat.ts:12:5`. */
  readonly source?: string;
}

/** Whether a finding stops a deployment by default. */
export const blocks = (finding: Finding): boolean => finding.level !== 'info';
