import { MAX_TEXT_BYTES, type OfficeKind, type Parsed } from '../../../contract/conversion';
import { Archive } from './archive';
import { readCsv } from './csv';
import { readDocx } from './docx';
import { noteLeftOut } from './left-out';
import { readOdt } from './odt';
import { readPptx } from './pptx';
import { Refused } from './refused';
import { relationsOf } from './relations';
import { Full, TextSink } from './text-sink';
import { readXlsx } from './xlsx';
import { readXml } from './xml';

/** The text of a file, whose content says which kind it is. A file that isn't an archive is a table with separators. */
export async function parseFile(bytes: Buffer): Promise<Parsed> {
  const sink = new TextSink(MAX_TEXT_BYTES);
  try {
    const [kind, read] = await readerOf(bytes, sink);
    try {
      await read();
    } catch (error) {
      if (!(error instanceof Full)) throw error;
    }
    return { kind, text: sink.text(), lost: sink.losses() };
  } catch (error) {
    if (error instanceof Refused) return { failure: error.failure };
    throw error;
  }
}

type Reader = readonly [kind: OfficeKind, read: () => Promise<void>];

async function readerOf(bytes: Buffer, sink: TextSink): Promise<Reader> {
  if (bytes.toString('latin1', 0, 2) !== 'PK') return ['csv', () => readCsv(bytes, sink)];
  const archive = await Archive.open(bytes);
  if (archive.has('mimetype')) {
    const type = await textOf(archive, 'mimetype');
    if (type.trim() !== 'application/vnd.oasis.opendocument.text') throw new Refused('not-office');
    return ['odt', () => readOdt(archive, sink)];
  }
  const main = (await relationsOf(archive, '')).find(
    ({ type, isExternal }) => type === 'officeDocument' && !isExternal,
  );
  if (main === undefined || !archive.has(main.target)) throw new Refused('not-office');
  const kind = kindOf(await contentType(archive, main.target));
  await noteLeftOut(archive, sink);
  return [kind, () => READ[kind](archive, main.target, sink)];
}

const READ = { docx: readDocx, pptx: readPptx, xlsx: readXlsx };

/** The types of a document's main part, with macros and as a template too. */
const TYPES: readonly (readonly [keyof typeof READ, RegExp])[] = [
  ['docx', /\bwordprocessingml\.(document|template)\.main\+xml$|\bms-word\.\w+\.macroEnabled(Template)?\.main\+xml$/],
  ['pptx', /\bpresentationml\.\w+\.main\+xml$|\bms-powerpoint\.\w+\.macroEnabled\.main\+xml$/],
  ['xlsx', /\bspreadsheetml\.(sheet|template)\.main\+xml$|\bms-excel\.\w+\.macroEnabled\.main\+xml$/],
];

function kindOf(type: string): keyof typeof READ {
  const [kind] = TYPES.find(([, form]) => form.test(type)) ?? [];
  if (kind === undefined) throw new Refused('not-office');
  return kind;
}

async function contentType(archive: Archive, part: string): Promise<string> {
  let type = '';
  await readXml(archive.read('[Content_Types].xml'), {
    open: (name, { PartName = '', ContentType = '' }) => {
      if (name === 'Override' && PartName.toLowerCase() === `/${part.toLowerCase()}`) type = ContentType;
    },
  });
  return type;
}

/** The beginning of a small entry. */
async function textOf(archive: Archive, name: string): Promise<string> {
  for await (const piece of archive.read(name)) return piece.toString('latin1', 0, 100);
  return '';
}
