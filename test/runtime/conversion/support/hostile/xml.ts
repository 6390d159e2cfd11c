import { docxOf, odt, paragraph, word, xlsx } from '../documents';
import { DAMAGED, document, FORBIDDEN, good, type Hostile, SAFE } from './hostile';

const withType = (type: string, body = good) => `<!DOCTYPE w:document ${type}>${word(body)}`;

const ENTITIES = Array.from({ length: 12 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('');

/** XML that refers to something, grows, or is damaged. */
export const XML: readonly Hostile[] = [
  {
    name: 'a billion laughs',
    make: () => docxOf(withType(`[<!ENTITY e0 "ha">${ENTITIES}]`, paragraph('&e12;'))),
    outcome: FORBIDDEN,
  },
  {
    name: 'an entity that is repeated a thousand times',
    make: () => docxOf(withType(`[<!ENTITY a "${'x'.repeat(10_000)}">]`, paragraph('&a;'.repeat(1_000)))),
    outcome: FORBIDDEN,
  },
  {
    name: 'an entity of a local file',
    make: () => docxOf(withType('[<!ENTITY a SYSTEM "file:///etc/passwd">]', paragraph('&a;'))),
    outcome: FORBIDDEN,
  },
  {
    name: 'an entity of another host',
    make: (address) => docxOf(withType(`[<!ENTITY a SYSTEM "${address}/entity">]`, paragraph('&a;'))),
    outcome: FORBIDDEN,
  },
  {
    name: 'a parameter entity',
    make: (address) => docxOf(withType(`[<!ENTITY % a SYSTEM "${address}/parameter"> %a;]`)),
    outcome: FORBIDDEN,
  },
  {
    name: 'a document type of another host',
    make: (address) => docxOf(withType(`SYSTEM "${address}/dtd"`)),
    outcome: FORBIDDEN,
  },
  {
    name: 'a document type in the list of types',
    make: () => document({ name: '[Content_Types].xml', content: '<!DOCTYPE a [<!ENTITY b "c">]><Types/>' }),
    outcome: FORBIDDEN,
  },
  {
    name: 'a document type in the relationships',
    make: () => document({ name: '_rels/.rels', content: '<!DOCTYPE a [<!ENTITY b "c">]><Relationships/>' }),
    outcome: FORBIDDEN,
  },
  {
    name: 'a document type in a workbook',
    make: () => xlsx({ sheets: [{ name: 'S', xml: '<!DOCTYPE a><worksheet/>' }] }),
    outcome: FORBIDDEN,
  },
  {
    name: 'a document type in OpenDocument',
    make: () => odt('', [{ name: 'content.xml', content: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }]),
    outcome: FORBIDDEN,
  },
  {
    name: 'an undefined entity',
    make: () => document({ name: 'word/document.xml', content: word(paragraph('&x;')) }),
    outcome: DAMAGED,
  },
  {
    name: 'characters that XML does not have',
    make: () => docxOf(word(paragraph('&#1114112;'))),
    outcome: DAMAGED,
  },
  {
    name: 'a depth of a hundred thousand',
    make: () => docxOf(word('<w:a>'.repeat(100_000) + '</w:a>'.repeat(100_000))),
    outcome: FORBIDDEN,
  },
  {
    name: 'an attribute of nine megabytes',
    make: () => docxOf(word(`<w:p w:a="${'x'.repeat(9_000_000)}"/>`)),
    outcome: DAMAGED,
  },
  {
    name: 'a hundred thousand attributes',
    make: () => docxOf(word(`<w:p ${Array.from({ length: 100_000 }, (_, at) => `a${at}="x"`).join(' ')}/>`)),
    outcome: { text: '\n' },
  },
  {
    name: 'elements that are never closed',
    make: () => docxOf(`<w:document>${'<w:p>'.repeat(400)}`),
    outcome: DAMAGED,
  },
  { name: 'elements that are closed in another order', make: () => docxOf('<a><b></a></b>'), outcome: DAMAGED },
  {
    name: 'bytes that are not UTF-8',
    make: () => docxOf(Buffer.from(word(paragraph('\xff\xfe')), 'latin1')),
    outcome: DAMAGED,
  },
  {
    name: 'UTF-16 that ends within a character',
    make: () => docxOf(Buffer.concat([Buffer.from(`\ufeff${word(good)}`, 'utf16le'), Buffer.from([0x20])])),
    outcome: DAMAGED,
  },
  { name: 'UTF-16 as it should be', make: () => docxOf(Buffer.from(`\ufeff${word(good)}`, 'utf16le')), outcome: SAFE },
  { name: 'UTF-7', make: () => docxOf(`<?xml version="1.0" encoding="UTF-7"?>${word(good)}`), outcome: DAMAGED },
  {
    name: 'an inclusion and a style sheet of another host',
    make: (address) =>
      docxOf(
        `<?xml-stylesheet href="${address}/style"?>${word(`<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${address}/x"/>${good}`)}`,
      ),
    outcome: SAFE,
  },
  {
    name: 'a namespace that calls itself Object',
    make: () => docxOf(word(`<w:__proto__/><w:constructor w:__proto__="x"/>${good}`)),
    outcome: SAFE,
  },
];
