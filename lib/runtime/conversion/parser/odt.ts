import type { Loss } from '../../../contract/conversion';
import type { Archive } from './archive';
import { MAX_REPEATED } from './bounds';
import { noteByName } from './left-out';
import { Paragraphs } from './paragraphs';
import { Refused } from './refused';
import type { TextSink } from './text-sink';
import { attributeOf, readXml } from './xml';

const MANIFEST = 'META-INF/manifest.xml';

/** The text of an OpenDocument text. A note follows the paragraph's text at its place, in brackets. */
export async function readOdt(archive: Archive, sink: TextSink): Promise<void> {
  if (archive.has(MANIFEST)) {
    await readXml(archive.read(MANIFEST), {
      open: (name) => {
        if (name === 'encryption-data') throw new Refused('encrypted');
      },
    });
  }
  noteByName(archive, sink);
  await readContent(archive, sink);
}

/** Elements whose text isn't that of the document. */
const SKIPPED = new Map<string, Loss | undefined>([
  ['annotation', 'comments'],
  ['changed-region', 'deletions'],
  ['forms', undefined],
  ['hidden-paragraph', 'hidden-text'],
  ['hidden-text', 'hidden-text'],
  ['note-citation', undefined],
  ['sequence-decls', undefined],
]);

async function readContent(archive: Archive, sink: TextSink): Promise<void> {
  const paragraphs = new Paragraphs(sink);
  let skippedFrom = 0;
  /** The open paragraphs: one in a frame or a note is within another. */
  let open = 0;
  let notes = 0;
  await readXml(archive.read('content.xml'), {
    open: (name, attributes, depth) => {
      if (skippedFrom > 0) return;
      if (SKIPPED.has(name) || (name === 'section' && attributeOf(attributes, 'display') === 'none')) {
        skippedFrom = depth;
        const loss = name === 'section' ? 'hidden-text' : SKIPPED.get(name);
        if (loss !== undefined) sink.lose(loss);
      } else if (name === 'p' || name === 'h') open++;
      else if (name === 'tab') paragraphs.add('\t');
      else if (name === 'line-break') paragraphs.add('\n');
      else if (name === 's') paragraphs.add(' '.repeat(spaces(attributeOf(attributes, 'c'))));
      else if (name === 'note-body') {
        notes++;
        paragraphs.add(' [');
      } else if (name === 'table') paragraphs.openTable();
      const link = attributeOf(attributes, 'href') ?? '';
      if (/^(\w+:)?\/\//.test(link)) sink.lose(name === 'a' ? 'links' : 'external-references');
    },
    text: (text) => {
      // Line ends and repeated spaces of the file are one space.
      if (open > 0 && skippedFrom === 0) paragraphs.add(text.replace(/\s+/g, ' '));
    },
    close: (name, depth) => {
      if (skippedFrom > 0) {
        if (depth === skippedFrom) skippedFrom = 0;
        return;
      }
      if (name === 'p' || name === 'h') {
        open--;
        if (notes > 0) paragraphs.add(' ');
        else paragraphs.end();
      } else if (name === 'note-body') {
        notes--;
        paragraphs.add('] ');
      } else if (name === 'table-cell' || name === 'covered-table-cell') paragraphs.endCell();
      else if (name === 'table-row') paragraphs.endRow();
      else if (name === 'table') paragraphs.closeTable();
    },
  });
}

/** The spaces that an element stands for. */
function spaces(count: string | undefined): number {
  const number = Number(count ?? 1);
  return Number.isInteger(number) && number > 0 ? Math.min(number, MAX_REPEATED) : 1;
}
