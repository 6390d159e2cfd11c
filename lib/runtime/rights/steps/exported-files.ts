import { createHash } from 'node:crypto';
import type { Html } from '../../../html/html';
import { encryptedDigest } from '../../workspace/exports/digest';
import { exportFilesOf, exportPiece, exportPrefix } from '../../workspace/exports/exports';
import type { Keyring } from '../../workspace/keyring/keyring';
import type { ContentCipher } from '../../workspace/store/content-cipher';
import { partitionOf } from '../../workspace/store/keys';
import type { ContentObjects } from '../../workspace/store/objects';
import { toAttributes, toKey } from '../../workspace/store/row';
import { putRow, type Write } from '../../workspace/store/writes';
import type { Job } from '../jobs/job';
import { piecesOfPage } from '../pages/pieces';

/** A file of an export, as its manifest describes it. */
export interface ExportedFile {
  readonly file: string;
  readonly object: string;
  /** The number of objects that hold its content. */
  readonly pieces: number;
  readonly bytes: number;
  /** Of JSON; 0 for pages and for content of files. */
  readonly lines: number;
  readonly sha256: string;
}

/** The content of a file before it is encrypted. */
export interface PlainFile {
  readonly file: string;
  readonly lines: number;
  readonly pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Each piece is in memory several times while it is encrypted, stored, read and decrypted. */
const PIECE_BYTES = 262_144;

/** A file of text lines, in pieces. */
export const fileOfLines = (file: string, lines: readonly string[]): PlainFile => ({
  file,
  lines: lines.length,
  pieces: (async function* () {
    const text = Buffer.from(lines.join(''));
    for (let at = 0; at < text.length; at += PIECE_BYTES) yield text.subarray(at, at + PIECE_BYTES);
  })(),
});

/** A page of HTML, in pieces. */
export const fileOfPage = (file: string, page: Iterable<Html>): PlainFile => ({
  file,
  lines: 0,
  pieces: piecesOfPage(page, PIECE_BYTES),
});

/** The number of the page of contents, which stands before all other files of an export. */
export const CONTENTS = 0;

/** The six digits by which the files of an export are numbered. */
export const numbered = (nth: number): string => `${nth}`.padStart(6, '0');

/** Writes the files of exports, each encrypted under the key of the export's user. */
export class ExportedFiles {
  constructor(
    private readonly keyring: Keyring,
    private readonly objects: ContentObjects,
  ) {}

  /** @param name the name of the file's objects */
  public async write({ user, id }: Job, name: string, { file, lines, pieces }: PlainFile): Promise<ExportedFile> {
    const object = `${exportPrefix(user)}${id}/${name}`;
    const hash = createHash('sha256');
    let [bytes, count] = [0, 0];
    for await (const piece of pieces) {
      await this.objects.put(exportPiece(object, count++), await this.keyring.encrypt(user, piece));
      hash.update(piece);
      bytes += piece.length;
    }
    return { file, object, pieces: count, bytes, lines, sha256: hash.digest('hex') };
  }
}

/** The write of a file's row. */
export async function fileRow(
  cipher: ContentCipher,
  { user, id }: Job,
  nth: number,
  { sha256, ...file }: ExportedFile,
): Promise<Write> {
  const key = { pk: partitionOf(user), sk: `${exportFilesOf(id)}${numbered(nth)}` };
  const digest = await encryptedDigest(cipher, user, key, sha256);
  return putRow({ ...toKey(key), ...toAttributes({ ...file, ...digest }) });
}
