import { strToU8, type ZipOptions, zipSync } from 'fflate';
import { escaped } from '../tree/escape';
import type { DocumentTree } from '../tree/tree';
import { content } from './content';
import { NAMESPACES } from './namespaces';
import { styles } from './styles';

const TYPE = 'application/vnd.oasis.opendocument.text';

/** A ZIP has local times: this one has the same digits in every time zone. Little memory suffices for small files, and is faster. */
const FIXED: ZipOptions = { mtime: new Date(1980, 0, 1), mem: 4 };

/** A document as OpenDocument text. The same tree gives the same bytes. */
export function odt(tree: DocumentTree): Uint8Array {
  return zipSync({
    // First and not compressed, so that a program knows the type by the beginning of the file.
    mimetype: [strToU8(TYPE), { ...FIXED, level: 0 }],
    'content.xml': [strToU8(content(tree)), FIXED],
    'styles.xml': [strToU8(styles(tree)), FIXED],
    'meta.xml': [strToU8(meta(tree)), FIXED],
    'META-INF/manifest.xml': [strToU8(MANIFEST), FIXED],
  });
}

const meta = ({ title, language, date, generator }: DocumentTree) => `<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta ${NAMESPACES} office:version="1.3"><office:meta><meta:generator>${escaped(generator)}</meta:generator><dc:title>${escaped(title)}</dc:title><dc:language>${escaped(language)}</dc:language><meta:creation-date>${escaped(date)}T00:00:00</meta:creation-date><dc:date>${escaped(date)}T00:00:00</dc:date></office:meta></office:document-meta>
`;

const entry = (path: string, type: string) =>
  `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`;

const MANIFEST = `<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${entry('/', TYPE)}${['content', 'styles', 'meta'].map((name) => entry(`${name}.xml`, 'text/xml')).join('')}</manifest:manifest>
`;
