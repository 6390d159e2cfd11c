/** A document before it is rendered. Texts are plain: each renderer escapes them. */
export interface DocumentTree {
  /** A BCP 47 tag, such as `fr`. */
  readonly language: string;
  readonly title: string;
  /** The day of the report, as `YYYY-MM-DD`. */
  readonly date: string;
  /** What made it, with its version. */
  readonly generator: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly content: Content }
  | Table;

export interface Table {
  readonly kind: 'table';
  readonly head: readonly string[];
  readonly rows: readonly (readonly Content[])[];
  /** How wide each column is in relation to the others. */
  readonly widths: readonly number[];
}

export type Content = readonly Inline[];

export type Inline =
  | string
  /** A part that only the controller can write; it is marked until then. */
  | { readonly kind: 'field'; readonly text: string }
  /** A name or a path that is quoted as it is. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

export const heading = (level: 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
export const paragraph = (...content: Inline[]): Block => ({ kind: 'paragraph', content });
/** @param widths by default, all columns are equally wide */
export const table = (
  head: readonly string[],
  rows: readonly (readonly Content[])[],
  widths: readonly number[] = head.map(() => 1),
): Block => ({ kind: 'table', head, rows, widths });

export const field = (text: string): Inline => ({ kind: 'field', text });
export const code = (text: string): Inline => ({ kind: 'code', text });
export const link = (text: string, href: string): Inline => ({ kind: 'link', text, href });

/** The parts with a separator between each two. */
export const joined = (parts: readonly Inline[], separator = ', '): Inline[] =>
  parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
