import path from 'node:path';
import type { Archive } from './archive';
import { readMarkedUp } from './marked-up-text';
import { relationsOf } from './relations';
import type { TextSink } from './text-sink';
import { attributeOf } from './xml';

/** The text of a Word document: its body, then its notes. */
export async function readDocx(archive: Archive, main: string, sink: TextSink): Promise<void> {
  await readBody(archive, main, sink);
  const notes = (await relationsOf(archive, main)).filter(
    ({ type, isExternal }) => !isExternal && (type === 'footnotes' || type === 'endnotes'),
  );
  for (const { target } of notes) if (archive.has(target)) await readBody(archive, target, sink);
}

/** Elements whose text isn't that of the document: other versions, and formats. */
const SKIPPED = ['del', 'moveFrom', 'Fallback', 'pPr', 'tblPr', 'sectPr', 'trPr', 'tcPr'];

async function readBody(archive: Archive, part: string, sink: TextSink): Promise<void> {
  const prefix = path.posix.basename(part).startsWith('endnotes') ? 'e' : '';
  let isHidden = false;
  await readMarkedUp(archive, part, sink, {
    skips: (name, attributes) => {
      if (name === 'del') sink.lose('deletions');
      const isEmptyNote = ['footnote', 'endnote'].includes(name) && attributeOf(attributes, 'type') !== undefined;
      return SKIPPED.includes(name) || isEmptyNote;
    },
    showsText: () => {
      if (isHidden) sink.lose('hidden-text');
      return !isHidden;
    },
    open: (name, attributes, paragraphs) => {
      if (name === 'r') isHidden = false;
      else if (name === 'vanish') isHidden = !/^(0|false|off)$/.test(attributeOf(attributes, 'val') ?? '');
      else if (name === 'ptab') paragraphs.add('\t');
      else if (name === 'cr') paragraphs.add('\n');
      else if (name === 'noBreakHyphen') paragraphs.add('-');
      else if (name === 'footnoteReference') paragraphs.add(`[^${attributeOf(attributes, 'id')}]`);
      else if (name === 'endnoteReference') paragraphs.add(`[^e${attributeOf(attributes, 'id')}]`);
      else if (name === 'footnote' || name === 'endnote')
        paragraphs.add(`[^${prefix}${attributeOf(attributes, 'id')}] `);
    },
  });
}
