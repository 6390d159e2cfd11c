import { docx, docxOf, sheet, word, xlsx } from '../documents';
import { type ZipEntry, zip } from '../zip';
import { DAMAGED, document, good, type Hostile, NOT_OFFICE, SAFE, TOO_LARGE } from './hostile';

const withDocument = (entry: Partial<ZipEntry>) =>
  docx('', [{ name: 'word/document.xml', content: word(good), ...entry }]);

const nested = (levels: number): Buffer => {
  let inner = zip([{ name: '0.txt', content: Buffer.alloc(1_000_000) }]);
  for (let level = 0; level < levels; level++) {
    inner = zip(Array.from({ length: 10 }, (_, at) => ({ name: `${at}.zip`, content: inner })));
  }
  return inner;
};
/** Entries that share the bytes of one. */
const overlapping = (count: number): Buffer => {
  const content = Buffer.alloc(1_000_000);
  const one = zip([{ name: 'a', content }]);
  const says = { offset: 0 };
  const compressedSize = one.readUInt32LE(18);
  return zip([
    { name: 'a', content },
    ...Array.from({ length: count }, (_, at) => ({ name: `b${at}`, content: '', says: { ...says, compressedSize } })),
  ]);
};

/** Archives that are no document, are damaged, or are bombs. */
export const ARCHIVES: readonly Hostile[] = [
  {
    name: 'garbage after the first bytes of an archive',
    make: () => Buffer.from('PK\x03\x04 and nothing'),
    outcome: DAMAGED,
  },
  { name: 'an archive without entries', make: () => zip([]), outcome: NOT_OFFICE },
  { name: 'an archive cut within an entry', make: () => document().subarray(0, 300), outcome: DAMAGED },
  { name: 'an archive cut within its directory', make: () => document().subarray(0, -60), outcome: DAMAGED },
  { name: 'an archive cut within its last bytes', make: () => document().subarray(0, -5), outcome: DAMAGED },
  { name: 'an encrypted entry', make: () => withDocument({ says: { flags: 1 } }), outcome: { failure: 'encrypted' } },
  { name: 'a wrong checksum', make: () => withDocument({ says: { crc: 1 } }), outcome: DAMAGED },
  { name: 'a size below the true one', make: () => withDocument({ says: { size: 10 } }), outcome: DAMAGED },
  { name: 'a size above the true one', make: () => withDocument({ says: { size: 5_000 } }), outcome: DAMAGED },
  { name: 'an unknown compression', make: () => withDocument({ says: { method: 14 } }), outcome: DAMAGED },
  { name: 'a size of 4 GB', make: () => withDocument({ says: { size: 0xfffffff0 } }), outcome: TOO_LARGE },
  {
    name: 'an entry at the place of another',
    make: () => document({ name: 'a', content: '', says: { offset: 0 } }),
    outcome: DAMAGED,
  },
  { name: 'thousands of entries that share bytes', make: () => overlapping(5_000), outcome: DAMAGED },
  {
    name: 'an entry beyond the end',
    make: () => document({ name: 'a', content: '', says: { offset: 9_000_000 } }),
    outcome: DAMAGED,
  },
  {
    name: 'two entries of one name',
    make: () => document({ name: 'WORD/Document.xml', content: 'x' }),
    outcome: DAMAGED,
  },
  {
    name: 'more entries than a document has',
    make: () =>
      docx(
        good,
        Array.from({ length: 10_001 }, (_, at) => ({ name: `e${at}`, content: '', isStored: true })),
      ),
    outcome: TOO_LARGE,
  },
  {
    name: 'a directory of more entries than there are',
    make: () => docx(good, [], { count: 60_000 }),
    outcome: TOO_LARGE,
  },
  { name: 'fewer entries than there are', make: () => docx(good, [], { count: 1 }), outcome: NOT_OFFICE },
  { name: 'a bomb: 100 MB of zeros', make: () => docxOf(Buffer.alloc(100_000_000)), outcome: TOO_LARGE, isHeavy: true },
  {
    name: 'a bomb that declares a kilobyte',
    make: () => withDocument({ content: Buffer.alloc(20_000_000, ' '), says: { size: 1_000 } }),
    outcome: DAMAGED,
  },
  {
    name: 'a bomb of many sheets, each below the ratio',
    make: () =>
      xlsx({
        sheets: Array.from({ length: 30 }, (_, at) => ({
          name: `S${at}`,
          xml: sheet('<row><c r="A1"/></row>'.repeat(440_000)),
        })),
      }),
    outcome: TOO_LARGE,
    isHeavy: true,
  },
  {
    name: 'archives within archives',
    make: () => document({ name: 'word/embeddings/bomb.zip', content: nested(3) }),
    outcome: { text: 'safe\n', lost: { 'embedded-files': 1 } },
  },
  { name: 'an archive that only has archives', make: () => nested(2), outcome: NOT_OFFICE },
  {
    name: 'an archive with itself in it, as far as that is possible',
    make: () => zip([{ name: 'self.docx', content: document({ name: 'self.docx', content: document() }) }]),
    outcome: NOT_OFFICE,
  },
  {
    name: 'a name above the folder',
    make: () => document({ name: '../../etc/passwd', content: 'x' }),
    outcome: DAMAGED,
  },
  { name: 'an absolute name', make: () => document({ name: '/etc/passwd', content: 'x' }), outcome: DAMAGED },
  {
    name: 'a name with a backslash and a drive',
    make: () => document({ name: 'C:\\x', content: 'x' }),
    outcome: DAMAGED,
  },
  { name: 'a link in place of the document', make: () => withDocument({ content: '/etc/passwd' }), outcome: DAMAGED },
  { name: 'a comment that is a PDF', make: () => docx(good, [], { comment: '%PDF-1.7 %%EOF' }), outcome: SAFE },
  {
    name: 'a program in front of an archive',
    make: () => Buffer.concat([Buffer.from('\x7fELF\x02\0\0'), document()]),
    outcome: NOT_OFFICE,
  },
  { name: 'an archive of another kind', make: () => zip([{ name: 'index.html', content: 'x' }]), outcome: NOT_OFFICE },
];
