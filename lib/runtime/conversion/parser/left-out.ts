import type { Loss } from '../../../contract/conversion';
import type { Archive } from './archive';
import { readRelations } from './relations';
import type { TextSink } from './text-sink';
import { readXml } from './xml';

/** What is left out as a whole, by the names of the entries that hold it. */
const BY_NAME: readonly (readonly [Loss, RegExp])[] = [
  ['images', /(^|\/)(media|pictures)\/[^/]*\.(bmp|emf|gif|jpe?g|png|svg|tiff?|webp|wmf)$/],
  ['media', /(^|\/)media\/[^/]*\.(?!(bmp|emf|gif|jpe?g|png|svg|tiff?|webp|wmf)$)\w+$/],
  ['charts', /(^|\/)charts\/chart[^/]*\.xml$/],
  ['diagrams', /(^|\/)diagrams\/data[^/]*\.xml$/],
  ['embedded-files', /(^|\/)(embeddings|activex)\/[^/]+\.(?!rels$|xml$)\w+$|^object [^/]*\/content\.xml$/],
  ['macros', /(^|\/)vbaproject\.bin$|(^|\/)macrosheets\/[^/]+\.xml$|^(basic|scripts)\/.+\.(xml|py|js|bsh)$/],
  ['headers', /^word\/(header|footer)[^/]*\.xml$/],
];

const COMMENTS = /(^|\/)(threaded)?comments?(\/[^/]+|[^/]*)\.xml$/;

/** Notes what no text has of an Office Open XML document. */
export async function noteLeftOut(archive: Archive, sink: TextSink): Promise<void> {
  noteByName(archive, sink);
  for (const name of archive.names()) {
    if (name.endsWith('.rels')) await noteExternal(archive, name, sink);
    else if (COMMENTS.test(name)) await noteComments(archive, name, sink);
  }
}

/** Notes what the names of entries show. */
export function noteByName(archive: Archive, sink: TextSink): void {
  for (const name of archive.names()) {
    const [loss] = BY_NAME.find(([, form]) => form.test(name)) ?? [];
    // Lists of macros that every text document has.
    if (loss !== undefined && !/(^|\/)script-(lc|lb)\.xml$/.test(name)) sink.lose(loss);
  }
}

async function noteExternal(archive: Archive, file: string, sink: TextSink): Promise<void> {
  for (const { type, isExternal } of await readRelations(archive, file)) {
    if (isExternal) sink.lose(type === 'hyperlink' ? 'links' : 'external-references');
  }
}

async function noteComments(archive: Archive, file: string, sink: TextSink): Promise<void> {
  await readXml(archive.read(file), {
    open: (name) => {
      if (['comment', 'cm', 'threadedComment'].includes(name)) sink.lose('comments');
    },
  });
}
