import { type FileKind, kindOf, requireDeclared } from '../../gateway/files/file-kind';
import { fileName } from '../../gateway/files/file-name';
import { estimatedTokens } from '../../gateway/files/file-tokens';
import { type FoundFile, fileNotFound } from '../../gateway/files/found-file';
import { type Page, type PageQuery, pageOf } from '../../http/page';
import type { ContentCipher } from '../store/content-cipher';
import { contentPrefix } from '../store/objects';
import type { Retention } from '../store/retention';
import { numberOf, optionalNumberOf, type Row, toAttributes, toKey } from '../store/row';
import type { ContentTable } from '../store/table';
import { deleteRow } from '../store/writes';
import { FILES, fileKey, isFileId, newFileId } from './file-keys';
import type { FileLookup } from './file-lookup';
import type { Leftovers } from './leftovers';

/** The purposes of files that a client sends. OpenAI's other purposes are for features that don't exist here. */
export const SENT_PURPOSES = ['user_data', 'vision', 'batch'] as const;

/** The purposes of files: those that a client sends, and those that a batch writes. */
export const PURPOSES = [...SENT_PURPOSES, 'batch_output'] as const;

export type Purpose = (typeof PURPOSES)[number];

/** What a client says of a file before its content. */
export interface FileDescription {
  readonly name: string;
  readonly purpose: Purpose;
  /** The media type that the client names; empty if it names none. */
  readonly type: string;
}

/** The encrypted part of a file's row. */
export interface FileRecord {
  readonly name: string;
  readonly purpose: Purpose;
  readonly kind: FileKind;
  /** The objects of its content, in order, below the file's prefix in the bucket. */
  readonly parts: readonly string[];
}

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
  readonly status: 'processed';
}

/** The object of a part of a file's content. */
export const partObject = (user: string, file: string, part: string): string => `${contentPrefix(user)}${file}/${part}`;

/** What files are made of. */
export interface FileParts {
  readonly table: ContentTable;
  readonly cipher: ContentCipher;
  readonly leftovers: Leftovers;
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
    const { leftovers, cipher, table, now } = this.parts;
    const name = fileName(described.name, 'file');
    const kind = requireKind(content, { ...described, name }, 'file');
    await leftovers.clear(user);
    const id = newFileId(now());
    await cipher.encryptObject(user, partObject(user, id, '0'), content);
    const row = await this.row(user, id, { name, purpose: described.purpose, kind, parts: ['0'] }, content, now());
    await table.put(row);
    return this.toFileObject(user, row);
  }

  /** The row of a file whose content is in the bucket already. */
  public row(user: string, id: string, record: FileRecord, content: Uint8Array, created: Date): Promise<Row> {
    const size = { bytes: content.length, tokens: estimatedTokens(record.kind, content) };
    return this.sizedRow(user, id, record, size, created);
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
      const files = await Promise.all(rows.map((row) => this.toFileObject(user, row)));
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
    const { kind, parts } = await this.record(user, row);
    const read = async () => {
      const pieces: Uint8Array[] = [];
      for await (const piece of this.pieces(user, id, parts)) pieces.push(piece);
      return Buffer.concat(pieces);
    };
    return { kind, bytes: numberOf(row, 'bytes'), tokens: numberOf(row, 'tokens'), read };
  }

  public async delete(user: string, id: string): Promise<void> {
    const { table, leftovers } = this.parts;
    const row = await this.require(user, id);
    const { parts } = await this.record(user, row);
    const objects = parts.map((part) => partObject(user, id, part));
    await table.transact([deleteRow(fileKey(user, id)), leftovers.note(user, objects)]);
    await leftovers.clear(user);
  }

  private async *pieces(user: string, id: string, parts: readonly string[]): AsyncGenerator<Uint8Array, undefined> {
    for (const part of parts) yield await this.parts.cipher.decryptObject(user, partObject(user, id, part));
    return undefined;
  }

  private async get(user: string, id: string): Promise<Row | undefined> {
    return isFileId(id) ? this.parts.table.get(fileKey(user, id)) : undefined;
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
    const { name, purpose } = await this.record(user, row);
    return {
      id: row.sk?.S?.slice(FILES.length) ?? '',
      object: 'file',
      bytes: numberOf(row, 'bytes'),
      created_at: Math.floor(numberOf(row, 'createdAt') / 1_000),
      expires_at: optionalNumberOf(row, 'expiresAt'),
      filename: name,
      purpose,
      status: 'processed',
    };
  }
}

export type FileQuery = PageQuery & { readonly purpose?: Purpose };

/**
 * The kind of a file, by its content.
 *
 * @throws ApiError when it is broken, of a kind that no model reads, or of another kind than the client says
 */
export function requireKind(content: Uint8Array, { name, type }: FileDescription, param: string): FileKind {
  const kind = kindOf(content, param);
  requireDeclared(kind, type, name, param);
  return kind;
}
