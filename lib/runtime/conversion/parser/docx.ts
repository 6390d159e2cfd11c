import path from 'node:path';
import type { Archive } from './archive';
import { Paragraphs } from './paragraphs';
import { relationsOf } from './relations';
import type { TextSink } from './text-sink';
import { attributeOf, readXml } from './xml';

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
  const paragraphs = new Paragraphs(sink);
  const prefix = path.posix.basename(part).startsWith('endnotes') ? 'e' : '';
  let isText = false;
  let skippedFrom = 0;
  let isHidden = false;
  await readXml(archive.read(part), {
    open: (name, attributes, depth) => {
      if (skippedFrom > 0) return;
      const isEmptyNote = ['footnote', 'endnote'].includes(name) && attributeOf(attributes, 'type') !== undefined;
      if (SKIPPED.includes(name) || isEmptyNote) {
        skippedFrom = depth;
        if (name === 'del') sink.lose('deletions');
      } else if (name === 'r') isHidden = false;
      else if (name === 'vanish') isHidden = !/^(0|false|off)$/.test(attributeOf(attributes, 'val') ?? '');
      else if (name === 't') {
        isText = !isHidden;
        if (isHidden) sink.lose('hidden-text');
      } else if (name === 'tab' || name === 'ptab') paragraphs.add('\t');
      else if (name === 'br' || name === 'cr') paragraphs.add('\n');
      else if (name === 'noBreakHyphen') paragraphs.add('-');
      else if (name === 'footnoteReference') paragraphs.add(`[^${attributeOf(attributes, 'id')}]`);
      else if (name === 'endnoteReference') paragraphs.add(`[^e${attributeOf(attributes, 'id')}]`);
      else if (name === 'footnote' || name === 'endnote')
        paragraphs.add(`[^${prefix}${attributeOf(attributes, 'id')}] `);
      else if (name === 'tbl') paragraphs.openTable();
    },
    text: (text) => {
      if (isText && skippedFrom === 0) paragraphs.add(text);
    },
    close: (name, depth) => {
      if (skippedFrom > 0) {
        if (depth === skippedFrom) skippedFrom = 0;
        return;
      }
      if (name === 't') isText = false;
      else if (name === 'p') paragraphs.end();
      else if (name === 'tc') paragraphs.endCell();
      else if (name === 'tr') paragraphs.endRow();
      else if (name === 'tbl') paragraphs.closeTable();
    },
  });
}
