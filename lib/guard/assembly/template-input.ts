import type { Json } from '../template/parse';
import type { ConstructOrigin } from './construct-origins';

/** One template to judge, with what is known of where it goes. */
export interface TemplateInput {
  /** The file as it was named, or `-` for standard input. */
  readonly file: string;
  /** The stack's path in its app, or the file's below the working folder. */
  readonly stack: string;
  readonly template: Json;
  /** The Region that the assembly deploys it to; none for a template that can go anywhere. */
  readonly deployRegion?: string;
  /** Templates that can import from one another share a group. */
  readonly group: string;
  /**
   * The template that nests this one, and as which resource.
   *
   * @default - the stack is deployed on its own
   */
  readonly nestedIn?: { readonly parent: TemplateInput; readonly logicalId: string };
  /**
   * Object keys (last part of a `TemplateURL`) of the nested templates that are among the inputs of its group.
   *
   * @default - none
   */
  readonly nestedTemplates?: ReadonlySet<string>;
  /**
   * The constructs behind the logical ids; asked for only where something is found.
   *
   * @default - nothing is known of them
   */
  readonly origins?: () => ReadonlyMap<string, ConstructOrigin>;
}

/** An input that can't be read; the others are judged all the same. */
export interface UnreadableInput {
  readonly file: string;
  readonly error: string;
}

export interface Inputs {
  readonly templates: readonly TemplateInput[];
  readonly unreadable: readonly UnreadableInput[];
}
