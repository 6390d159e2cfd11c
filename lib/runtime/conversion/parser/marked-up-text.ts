import type { Archive } from './archive';
import { Paragraphs } from './paragraphs';
import type { TextSink } from './text-sink';
import { type Attributes, readXml } from './xml';

/** What a format has besides the paragraphs, texts and tables that Word documents and slides have in common. */
export interface MarkedUpFormat {
  /** Whether an element is left out, with all that is within it. */
  skips(name: string, attributes: Attributes, depth: number): boolean;
  /** Reads an element of this format only. */
  open?(name: string, attributes: Attributes, paragraphs: Paragraphs): void;
  /**
   * Whether the text of an element `t` is shown.
   *
   * @default - it is
   */
  showsText?(): boolean;
}

/** Writes the text of a part in which `p` is a paragraph, `t` a text, and `tbl`, `tr` and `tc` are a table, its rows and cells. */
export async function readMarkedUp(archive: Archive, part: string, sink: TextSink, format: MarkedUpFormat) {
  const paragraphs = new Paragraphs(sink);
  let isText = false;
  let skippedFrom = 0;
  await readXml(archive.read(part), {
    open: (name, attributes, depth) => {
      if (skippedFrom > 0) return;
      if (format.skips(name, attributes, depth)) skippedFrom = depth;
      else if (name === 't') isText = format.showsText?.() ?? true;
      else if (name === 'tab') paragraphs.add('\t');
      else if (name === 'br') paragraphs.add('\n');
      else if (name === 'tbl') paragraphs.openTable();
      else format.open?.(name, attributes, paragraphs);
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
