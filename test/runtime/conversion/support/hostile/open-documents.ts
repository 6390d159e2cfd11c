import { odt } from '../documents';
import { zip } from '../zip';
import { type Hostile, NOT_OFFICE } from './hostile';

/** OpenDocument files. */
export const OPEN_DOCUMENTS: readonly Hostile[] = [
  {
    name: 'elements that stand for a billion spaces and cells',
    make: () =>
      odt(
        '<text:p>a<text:s text:c="1000000000"/>b</text:p><table:table><table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000"><text:p>safe</text:p></table:table-cell></table:table-row></table:table>',
      ),
    outcome: { text: `a${' '.repeat(64)}b\nsafe\n` },
  },
  {
    name: 'an encrypted OpenDocument text',
    make: () =>
      odt('', [
        {
          name: 'META-INF/manifest.xml',
          content: '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>',
        },
      ]),
    outcome: { failure: 'encrypted' },
  },
  {
    name: 'an OpenDocument text with references, scripts and objects',
    make: (address) =>
      odt(
        `<text:p>safe<draw:image xlink:href="${address}/pixel.png"/><text:a xlink:href="${address}">link</text:a></text:p>`,
        [
          { name: 'Basic/Standard/Module1.xml', content: '<a>Sub Main</a>' },
          { name: 'Object 1/content.xml', content: '<a/>' },
        ],
      ),
    outcome: { text: 'safelink\n', lost: { 'embedded-files': 1, 'external-references': 1, links: 1, macros: 1 } },
  },
  {
    name: 'an OpenDocument of another kind',
    make: () => zip([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.database' }]),
    outcome: NOT_OFFICE,
  },
];
