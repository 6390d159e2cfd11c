import { fileName } from '../../gateway/files/file-name';
import { estimatedTokens } from '../../gateway/files/file-tokens';
import { type FoundFile, fileNotFound } from '../../gateway/files/found-file';
import { type Page, type PageQuery, pageOf } from '../../http/page';
import type { ContentCipher } from '../store/content-cipher';
import type { Retention } from '../store/retention';
import { numberOf, optionalNumberOf, type Row, toAttributes, toKey } from '../store/row';
import type { ContentTable } from '../store/table';
import { deleteRow, putRow } from '../store/writes';
import { reportObject, textObject } from './conversion-report';
import type { Conversions } from './conversions';
import { FILES, fileKey, isFileId, newFileId, partObject } from './file-keys';
import type { FileLookup } from './file-lookup';
import type { FileDescription, FileRecord, Purpose } from './file-record';
import type { Leftovers } from './leftovers';
import { isOfficeKind, requireKind } from './office-kind';

/** A file, as OpenAI's clients read it. */
export interface FileObject {
  readonly id: string;
  readonly object: 'file';
  readonly bytes: number;
  /** Unix seconds. */
  readonly created_at: number;
  readonly expires_at?: number;
  readonly filename: string;
  readonly purpose: Purpose;
  readonly status: 'uploaded' | 'processed' | 'error';
  /** What the text of a converted file lacks, or why it has none. */
  readonly status_details?: string;
}

/** What files are made of. */
export interface FileParts {
  readonly table: ContentTable;
  readonly cipher: ContentCipher;
  readonly leftovers: Leftovers;
  readonly conversions: Conversions;
  readonly retention: Retention;
  /** Whether something of the member is on hold, so that only what a request names is deleted. */
  readonly keeps: boolean;
  readonly now: () => Date;
}

/** The files of members, each visible to its own member alone. */
export class Files implements FileLookup {
  constructor(private readonly parts: FileParts) {}

  /** @throws ApiError for a kind of file that no model reads */
  public async create(user: string, described: FileDescription, content: Uint8Array): Promise<FileObject> {
    const { leftovers, cipher, table, conversions, now } = this.parts;
    const name = fileName(described.name, 'file');
    const kind = requireKind(content, { ...described, name }, 'file', conversions.isOn);
    await leftovers.clear(user);
    const id = newFileId(now());
    await cipher.encryptObject(user, partObject(user, id, '0'), content);
    const row = await this.row(user, id, { name, purpose: described.purpose, kind, parts: ['0'] }, content, now());
    if (isOfficeKind(kind)) {
      await table.transact([putRow(row), ...conversions.request(user, id, ['0'])]);
      conversions.requested();
    } else await table.put(row);
    return this.toFileObject(user, row);
  }

  /** The row of a file whose content is in the bucket already. */
  public row(user: string, id: string, record: FileRecord, content: Uint8Array, created: Date): Promise<Row> {
    const tokens = isOfficeKind(record.kind) ? 0 : estimatedTokens(record.kind, content);
    return this.sizedRow(user, id, record, { bytes: content.length, tokens }, created);
  }

  /** As `row`, for content that isn't in memory. */
  public async sizedRow(
    user: string,
    id: string,
    record: FileRecord,
    { bytes, tokens }: { readonly bytes: number; readonly tokens: number },
    created: Date,
  ): Promise<Row> {
    const key = fileKey(user, id);
    const at = created.getTime();
    return {
      ...toKey(key),
      ...toAttributes({
        createdAt: at,
        expiresAt: this.parts.retention.expiryOf(at),
        bytes,
        tokens,
        ...(await this.parts.cipher.encrypt(user, key, record)),
      }),
      ...(isOfficeKind(record.kind) && this.parts.conversions.waiting()),
    };
  }

  public async describe(user: string, id: string, param = 'file_id'): Promise<FileObject> {
    return this.toFileObject(user, await this.require(user, id, param));
  }

  /** A member's files, ordered by the time at which they were sent; only those of one purpose, if the query names one. */
  public async list(user: string, query: FileQuery): Promise<Page<FileObject>> {
    const { after, limit, purpose } = query;
    if (after !== undefined && !isFileId(after)) throw fileNotFound('after');
    const matching: FileObject[] = [];
    for await (const rows of this.parts.table.list(user, FILES, query)) {
      const files = await Promise.all(
        rows.map(async (row) => this.toFileObject(user, await this.parts.conversions.settled(user, row))),
      );
      matching.push(...files.filter((file) => purpose === undefined || file.purpose === purpose));
      if (matching.length > limit) break;
    }
    return pageOf(matching.slice(0, limit), matching.length > limit);
  }

  /** The content of a file, part by part. The first part is read before this returns, so that its failure can be answered. */
  public async content(user: string, id: string): Promise<AsyncIterable<Uint8Array>> {
    const row = await this.require(user, id);
    const { parts } = await this.record(user, row);
    const pieces = this.pieces(user, id, parts);
    const first = await pieces.next();
    return (async function* () {
      if (first.done !== true) yield first.value;
      yield* pieces;
    })();
  }

  public async find(user: string, id: string): Promise<FoundFile | undefined> {
    const row = await this.get(user, id);
    if (row === undefined) return undefined;
    const record = await this.record(user, row);
    const tokens = numberOf(row, 'tokens');
    const { kind } = record;
    if (isOfficeKind(kind)) {
      const unusable = this.parts.conversions.unusable(row, record);
      const bytes = unusable === undefined ? numberOf(row, 'textBytes') : 0;
      const read = () => this.parts.cipher.decryptObject(user, textObject(user, id));
      return { kind: 'text', bytes, tokens, ...(unusable && { unusable }), read };
    }
    const read = async () => {
      const pieces: Uint8Array[] = [];
      for await (const piece of this.pieces(user, id, record.parts)) pieces.push(piece);
      return Buffer.concat(pieces);
    };
    return { kind, bytes: numberOf(row, 'bytes'), tokens, read };
  }

  public async delete(user: string, id: string): Promise<void> {
    const { table, leftovers, conversions } = this.parts;
    const row = await this.require(user, id);
    const { parts, kind } = await this.record(user, row);
    const objects = parts.map((part) => partObject(user, id, part));
    const isConverted = isOfficeKind(kind);
    if (isConverted) objects.push(textObject(user, id), reportObject(user, id));
    await table.transact([
      deleteRow(fileKey(user, id)),
      leftovers.note(user, objects),
      ...(isConverted ? conversions.withdraw(user, id) : []),
    ]);
    await leftovers.clear(user);
  }

  private async *pieces(user: string, id: string, parts: readonly string[]): AsyncGenerator<Uint8Array, undefined> {
    for (const part of parts) yield await this.parts.cipher.decryptObject(user, partObject(user, id, part));
    return undefined;
  }

  private async get(user: string, id: string): Promise<Row | undefined> {
    const row = isFileId(id) ? await this.parts.table.get(fileKey(user, id)) : undefined;
    return row && this.parts.conversions.settled(user, row);
  }

  private async require(user: string, id: string, param = 'file_id'): Promise<Row> {
    const row = await this.get(user, id);
    if (row === undefined) throw fileNotFound(param);
    return row;
  }

  private record(user: string, row: Row): Promise<FileRecord> {
    return this.parts.cipher.decrypt<FileRecord>(user, row);
  }

  public async toFileObject(user: string, row: Row): Promise<FileObject> {
    const record = await this.record(user, row);
    const { status, details } = this.parts.conversions.shown(row, record);
    return {
      id: row.sk?.S?.slice(FILES.length) ?? '',
      object: 'file',
      bytes: numberOf(row, 'bytes'),
      created_at: Math.floor(numberOf(row, 'createdAt') / 1_000),
      expires_at: optionalNumberOf(row, 'expiresAt'),
      filename: record.name,
      purpose: record.purpose,
      status,
      ...(details !== undefined && { status_details: details }),
    };
  }
}

export type FileQuery = PageQuery & { readonly purpose?: Purpose };
