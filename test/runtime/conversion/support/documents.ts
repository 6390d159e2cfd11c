import { type ZipEntry, type ZipOptions, zip } from './zip';

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A relationship as it is written. */
export interface WrittenRelation {
  readonly id: string;
  readonly type: string;
  readonly target: string;
  readonly isExternal?: boolean;
}

export const rels = (relations: readonly WrittenRelation[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations
    .map(
      ({ id, type, target, isExternal }) =>
        `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"${isExternal ? ' TargetMode="External"' : ''}/>`,
    )
    .join('')}</Relationships>`;

/** The parts of a package whose main part has a type. */
const packageOf = (part: string, type: string): ZipEntry[] => [
  {
    name: '[Content_Types].xml',
    content: `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${part}" ContentType="application/vnd.${type}"/></Types>`,
  },
  { name: '_rels/.rels', content: rels([{ id: 'rId1', type: 'officeDocument', target: part }]) },
];

/** Entries in place of those of the same name. */
const replaced = (entries: readonly ZipEntry[], others: readonly ZipEntry[]): ZipEntry[] => [
  ...entries.filter(({ name }) => !others.some((other) => other.name === name)),
  ...others,
];

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

export const word = (body: string): string => `<w:document ${W}><w:body>${body}</w:body></w:document>`;

export const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

/** A Word document with a body; further entries replace its own. */
export const docx = (body: string, others: readonly ZipEntry[] = [], options?: ZipOptions): Buffer =>
  zip(
    replaced(
      [
        ...packageOf('word/document.xml', 'openxmlformats-officedocument.wordprocessingml.document.main+xml'),
        { name: 'word/document.xml', content: word(body) },
      ],
      others,
    ),
    options,
  );

/** A Word document whose main part is a text of its own. */
export const docxOf = (content: string | Buffer): Buffer => docx('', [{ name: 'word/document.xml', content }]);

/** What a workbook consists of. */
export interface Book {
  readonly sheets: readonly { readonly name: string; readonly xml: string; readonly state?: string }[];
  readonly shared?: string;
  readonly styles?: string;
  readonly others?: readonly ZipEntry[];
  readonly type?: string;
}

export const sheet = (rows: string): string => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;

export function xlsx({
  sheets,
  shared,
  styles,
  others = [],
  type = 'openxmlformats-officedocument.spreadsheetml.sheet.main+xml',
}: Book): Buffer {
  const relations: WrittenRelation[] = sheets.map((_, at) => ({
    id: `rId${at + 1}`,
    type: 'worksheet',
    target: `worksheets/sheet${at + 1}.xml`,
  }));
  const listed = sheets
    .map(
      ({ name, state }, at) =>
        `<sheet name="${name}" sheetId="${at + 1}"${state === undefined ? '' : ` state="${state}"`} r:id="rId${at + 1}"/>`,
    )
    .join('');
  return zip(
    replaced(
      [
        ...packageOf('xl/workbook.xml', type),
        { name: 'xl/workbook.xml', content: `<workbook xmlns:r="${OFFICE}"><sheets>${listed}</sheets></workbook>` },
        {
          name: 'xl/_rels/workbook.xml.rels',
          content: rels([
            ...relations,
            { id: 'shared', type: 'sharedStrings', target: '/xl/sharedStrings.xml' },
            { id: 'styles', type: 'styles', target: 'styles.xml' },
          ]),
        },
        { name: 'xl/sharedStrings.xml', content: shared ?? '<sst/>' },
        { name: 'xl/styles.xml', content: styles ?? '<styleSheet/>' },
        ...sheets.map(({ xml }, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, content: xml })),
      ],
      others,
    ),
  );
}

/** A slide of paragraphs. */
export const slide = (texts: readonly string[], attributes = ''): string =>
  `<p:sld xmlns:p="p" xmlns:a="a"${attributes}><p:txBody>${texts.map((text) => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`).join('')}</p:txBody></p:sld>`;

/** A presentation; `notes` belong to the first slide. */
export function pptx(slides: readonly string[], others: readonly ZipEntry[] = [], notes?: string): Buffer {
  const relations = slides.map((_, at) => ({ id: `rId${at + 1}`, type: 'slide', target: `slides/slide${at + 1}.xml` }));
  const listed = slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="rId${at + 1}"/>`).join('');
  return zip(
    replaced(
      [
        ...packageOf('ppt/presentation.xml', 'openxmlformats-officedocument.presentationml.presentation.main+xml'),
        {
          name: 'ppt/presentation.xml',
          content: `<p:presentation xmlns:p="p" xmlns:r="${OFFICE}"><p:sldIdLst>${listed}</p:sldIdLst></p:presentation>`,
        },
        { name: 'ppt/_rels/presentation.xml.rels', content: rels(relations) },
        ...slides.map((content, at) => ({ name: `ppt/slides/slide${at + 1}.xml`, content })),
        ...(notes === undefined
          ? []
          : [
              {
                name: 'ppt/slides/_rels/slide1.xml.rels',
                content: rels([{ id: 'n', type: 'notesSlide', target: '../notesSlides/notesSlide1.xml' }]),
              },
              { name: 'ppt/notesSlides/notesSlide1.xml', content: notes },
            ]),
      ],
      others,
    ),
  );
}

/** An OpenDocument text with a body. */
export const odt = (body: string, others: readonly ZipEntry[] = []): Buffer =>
  zip(
    replaced(
      [
        { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', isStored: true },
        {
          name: 'content.xml',
          content: `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:xlink="x" xmlns:draw="d"><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
        },
      ],
      others,
    ),
  );
