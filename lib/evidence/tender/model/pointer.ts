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

/** Resources that a deployment has. They are looked up in the assembly that is given. */
export interface TemplatePointer {
  readonly kind: 'template';
  readonly type: string;
  /** A JSON pointer into the resource; the resource itself without it. */
  readonly at?: string;
  /** The value that must be there; any without it. */
  readonly is?: boolean | string;
  /** A JSON pointer: resources that have something there aren't looked at. */
  readonly without?: string;
  /** Whether every resource of the type, at least one, or none has to match. */
  readonly which: 'every' | 'some' | 'none';
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

/** At least one resource of the type. */
export const has = (type: string, at?: string, is?: boolean | string): TemplatePointer => ({
  ...template(type, at, is),
  which: 'some',
});

/** Every resource of the type, and there is one. With `without`, only of those that have nothing there. */
export const each = (type: string, at: string, is?: boolean | string, without?: string): TemplatePointer => ({
  ...template(type, at, is),
  ...(without !== undefined && { without }),
  which: 'every',
});

/** No resource of the type. */
export const no = (type: string): TemplatePointer => ({ ...template(type), which: 'none' });

const template = (type: string, at?: string, is?: boolean | string) => ({
  kind: 'template' as const,
  type,
  ...(at !== undefined && { at }),
  ...(is !== undefined && { is }),
});

/** A pointer as one line of text. */
export function pointerText(pointer: Pointer): string {
  switch (pointer.kind) {
    case 'test':
      return `${pointer.file}: ${pointer.title}`;
    case 'page':
      return pointer.anchor === undefined ? pointer.file : `${pointer.file}#${pointer.anchor}`;
    case 'fact':
      return pointer.file;
    case 'template': {
      const { type, at = '', is, without, which } = pointer;
      const value = is === undefined ? '' : ` = ${is}`;
      return `template: ${which} ${type}${at}${value}${without === undefined ? '' : `, without ${without}`}`;
    }
  }
}
