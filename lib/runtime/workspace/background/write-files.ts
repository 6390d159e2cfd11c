import { estimatedTokens } from '../../gateway/files/file-tokens';
import { partObject } from '../files/file-keys';
import type { Files } from '../files/files';
import type { ContentCipher } from '../store/content-cipher';
import { keyOf, type Row } from '../store/row';
import type { ContentTable } from '../store/table';
import type { BatchRecord } from './batch';
import { isOutput, type LineResult } from './line-results';

/** The size at which a part of a file is stored: memory holds one part of each file. */
const PART_BYTES = 4 * 2 ** 20;

/** The results that are read at once: memory holds no more of them. */
const READ_AT_ONCE = 4;

/** Where the results of lines are, and their files will be. */
export interface WritingParts {
  readonly table: ContentTable;
  readonly cipher: ContentCipher;
  readonly files: Files;
  readonly now: () => Date;
}

/**
 * Collects the results of lines into the files of a batch, in the order of the lines.
 *
 * @param rows the lines that were started, by their index, without their content
 * @throws if a result isn't there any more; the step can be repeated
 */
export async function writeFiles(
  { table, cipher, files, now }: WritingParts,
  user: string,
  { outputFile, errorFile }: BatchRecord,
  rows: ReadonlyMap<number, Row>,
  more: readonly LineResult[],
): Promise<{ readonly files: readonly Row[]; readonly written: NonNullable<BatchRecord['written']> }> {
  const output = new PartedFile(cipher, user, outputFile);
  const error = new PartedFile(cipher, user, errorFile);
  const add = (result: LineResult) => (isOutput(result) ? output : error).add(result);
  const read = async (row: Row) => {
    const whole = await table.get(keyOf(row));
    if (whole === undefined) throw new Error('the result of a line was deleted while it was collected; try again');
    return cipher.decrypt<LineResult>(user, whole);
  };
  const inOrder = [...rows].sort(([one], [other]) => one - other);
  const done = inOrder.flatMap(([, row]) => (row.done === undefined ? [] : [row]));
  for (let at = 0; at < done.length; at += READ_AT_ONCE) {
    for (const result of await Promise.all(done.slice(at, at + READ_AT_ONCE).map(read))) await add(result);
  }
  for (const result of more) await add(result);
  const made: Row[] = [];
  for (const [file, id, name] of [
    [output, outputFile, 'output'],
    [error, errorFile, 'errors'],
  ] as const) {
    const { parts, bytes, tokens } = await file.end();
    if (parts.length === 0) continue;
    const record = { name: `${id}_${name}.jsonl`, purpose: 'batch_output' as const, kind: 'text' as const, parts };
    made.push(await files.sizedRow(user, id, record, { bytes, tokens }, now()));
  }
  return { files: made, written: { output: !output.isEmpty, error: !error.isEmpty } };
}

/** A file that is written part by part. */
class PartedFile {
  private readonly parts: string[] = [];
  private waiting: string[] = [];
  private waitingBytes = 0;
  private bytes = 0;
  private tokens = 0;

  constructor(
    private readonly cipher: ContentCipher,
    private readonly user: string,
    private readonly id: string,
  ) {}

  public get isEmpty(): boolean {
    return this.bytes === 0;
  }

  public async add(result: LineResult): Promise<void> {
    const line = `${JSON.stringify(result)}\n`;
    this.waiting.push(line);
    this.waitingBytes += Buffer.byteLength(line);
    if (this.waitingBytes >= PART_BYTES) await this.store();
  }

  public async end() {
    if (this.waiting.length > 0) await this.store();
    return { parts: this.parts, bytes: this.bytes, tokens: this.tokens };
  }

  private async store(): Promise<void> {
    const content = Buffer.from(this.waiting.join(''));
    const part = `${this.parts.length}`;
    await this.cipher.encryptObject(this.user, partObject(this.user, this.id, part), content);
    this.parts.push(part);
    this.bytes += content.length;
    this.tokens += estimatedTokens('text', content);
    this.waiting = [];
    this.waitingBytes = 0;
  }
}
