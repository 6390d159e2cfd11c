import type { Json } from '../template/parse';
import type { ConstructOrigin } from './construct-origins';

/** One template to check, with its stack and deploy Region. */
export interface TemplateInput {
  /** The file's path as given, or `-` for standard input. */
  readonly file: string;
  /** The stack's path in its app, or the file's path relative to the working folder. */
  readonly stack: string;
  readonly template: Json;
  /** The Region that the assembly deploys it to; none for a Region-agnostic template. */
  readonly deployRegion?: string;
  /** The account that the assembly deploys it to; none for an account-agnostic template. */
  readonly deployAccount?: string;
  /** Templates that can import from one another share a group. */
  readonly group: string;
  /**
   * The template that nests this one, and the logical id of the nested stack in it.
   *
   * @default - the stack is deployed on its own
   */
  readonly nestedIn?: { readonly parent: TemplateInput; readonly logicalId: string };
  /**
   * Object keys (last part of a `TemplateURL`) of the nested templates among its group's inputs.
   *
   * @default - none
   */
  readonly nestedTemplates?: ReadonlySet<string>;
  /**
   * The constructs behind the logical ids; called only if there are findings.
   *
   * @default - the constructs are unknown
   */
  readonly origins?: () => ReadonlyMap<string, ConstructOrigin>;
}

/** An input that can't be read; the others are still checked. */
export interface UnreadableInput {
  readonly file: string;
  readonly error: string;
}

export interface Inputs {
  readonly templates: readonly TemplateInput[];
  readonly unreadable: readonly UnreadableInput[];
}
