import { type TemplatePointer, templateText } from './template-pointer';

/** What an answer rests on. A test opens each. */
export type Pointer = TestPointer | PagePointer | FactPointer | TemplatePointer;

/** A test of this package, which fails if the statement isn't true any more. */
export interface TestPointer {
  readonly kind: 'test';
  /** Its file in the repository. */
  readonly file: string;
  /** The title of the test, or of its group or row. */
  readonly title: string;
}

/** A heading of the documentation. */
export interface PagePointer {
  readonly kind: 'page';
  readonly file: string;
  /** The heading's anchor; the whole page without it. */
  readonly anchor?: string;
}

/** Dated, sourced data of the package. */
export interface FactPointer {
  readonly kind: 'fact';
  readonly file: string;
}

/** A test by its file below `test/`, without the ending. */
export const test = (file: string, title: string): TestPointer => ({
  kind: 'test',
  file: `test/${file}.test.ts`,
  title,
});

/** A page below `docs/`, such as `LIMITS#keys`, or one in capitals with its ending, such as `README.md`. */
export function page(reference: string): PagePointer {
  const [name = '', anchor] = reference.split('#');
  const file = name.endsWith('.md') ? name : `docs/${name}.md`;
  return { kind: 'page', file, ...(anchor !== undefined && { anchor }) };
}

/** A file of the facts' sources, without the ending. */
export const fact = (name: string): FactPointer => ({ kind: 'fact', file: `lib/facts/source/${name}.json` });

/** A pointer as one line of text. */
export function pointerText(pointer: Pointer): string {
  switch (pointer.kind) {
    case 'test':
      return `${pointer.file}: ${pointer.title}`;
    case 'page':
      return pointer.anchor === undefined ? pointer.file : `${pointer.file}#${pointer.anchor}`;
    case 'fact':
      return pointer.file;
    case 'template':
      return templateText(pointer);
  }
}
