import { type FileKind, kindOf, requireDeclared } from '../../gateway/files/file-kind';
import { fileName } from '../../gateway/files/file-name';
import { estimatedTokens } from '../../gateway/files/file-tokens';
import { type FoundFile, fileNotFound } from '../../gateway/files/found-file';
import { type Page, type PageQuery, pageOf } from '../../http/page';
import { partitionOf } from '../store/keys';
import type { Retention } from '../store/retention';
import { numberOf, optionalNumberOf, type Row, toAttributes, toKey } from '../store/row';
import { objectsOf, type Seal } from '../store/seal';
import type { ContentTable } from '../store/table';
import { FILES, fileKey, isFileId, newFileId } from './file-keys';
import type { Leftovers } from './leftovers';

/** What a file is for. Those of OpenAI's other purposes would be used by what isn't here. */
export const PURPOSES = ['user_data', 'vision'] as const;

export type Purpose = (typeof PURPOSES)[number];

/** What is known of a file before its content. */
export interface Described {
  readonly name: string;
  readonly purpose: Purpose;
  /** The media type that its sender says it has; empty for none. */
  readonly type: string;
}

/** A file as its row holds it, encrypted. */
export interface FileRecord {
  readonly name: string;
  readonly purpose: Purpose;
  readonly kind: FileKind;
  /** Where its content is, in order, below the file's own place in the bucket. */
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

/** Where a part of a file's content is. */
export const partObject = (user: string, file: string, part: string): string => `${objectsOf(user)}${file}/${part}`;

/** What files are made of. */
export interface FileParts {
  readonly table: ContentTable;
  readonly seal: Seal;
  readonly leftovers: Leftovers;
  readonly retention: Retention;
  readonly now: () => Date;
}

/** The files of members, each seen by its own member alone. */
export class Files {
  constructor(private readonly parts: FileParts) {}

  /** @throws ApiError when it is none that a model reads */
  public async create(user: string, described: Described, content: Uint8Array): Promise<FileObject> {
    const { leftovers, seal, table, now } = this.parts;
    const name = fileName(described.name, 'file');
    const kind = checked(content, { ...described, name }, 'file');
    await leftovers.clear(user);
    const id = newFileId(now());
    await seal.closeObject(user, partObject(user, id, '0'), content);
    const row = await this.row(user, id, { name, purpose: described.purpose, kind, parts: ['0'] }, content, now());
    await table.put(row);
    return this.shown(user, row);
  }

  /** The row of a file whose content is in the bucket. */
  public async row(user: string, id: string, record: FileRecord, content: Uint8Array, created: Date): Promise<Row> {
    const key = fileKey(user, id);
    const at = created.getTime();
    return {
      ...toKey(key),
      ...toAttributes({
        createdAt: at,
        expiresAt: this.parts.retention.expiryOf(at),
        bytes: content.length,
        tokens: estimatedTokens(record.kind, content),
        ...(await this.parts.seal.close(user, key, record)),
      }),
    };
  }

  public async describe(user: string, id: string): Promise<FileObject> {
    return this.shown(user, await this.require(user, id));
  }

  /** A member's files by the time at which they were sent; those of one purpose, where one is asked for. */
  public async list(user: string, { after, limit, order, purpose }: FileQuery): Promise<Page<FileObject>> {
    if (after !== undefined && !isFileId(after)) throw fileNotFound('after');
    const [pk, bound, last] = [partitionOf(user), after && `${FILES}${after}`, `${FILES}~`];
    const ends = order === 'asc' ? { from: bound ?? FILES, to: last } : { from: FILES, to: bound ?? last };
    const found: FileObject[] = [];
    for await (const rows of this.parts.table.pages({ pk, ...ends, order, page: limit + 2 })) {
      const page = rows.filter((row) => row.sk?.S !== bound);
      const files = await Promise.all(page.map((row) => this.shown(user, row)));
      found.push(...files.filter((file) => purpose === undefined || file.purpose === purpose));
      if (found.length > limit) break;
    }
    return pageOf(found.slice(0, limit), found.length > limit);
  }

  /** The content of a file, part by part; the first is there once it is answered. */
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

  /** A file for a model; none if there is no such. */
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
    const gone = { Delete: { TableName: undefined, Key: toKey(fileKey(user, id)) } };
    await table.transact([gone, leftovers.note(user, objects)]);
    await leftovers.clear(user);
  }

  private async *pieces(user: string, id: string, parts: readonly string[]): AsyncGenerator<Uint8Array, undefined> {
    for (const part of parts) yield await this.parts.seal.openObject(user, partObject(user, id, part));
    return undefined;
  }

  private async get(user: string, id: string): Promise<Row | undefined> {
    return isFileId(id) ? this.parts.table.get(fileKey(user, id)) : undefined;
  }

  private async require(user: string, id: string): Promise<Row> {
    const row = await this.get(user, id);
    if (row === undefined) throw fileNotFound('file_id');
    return row;
  }

  private record(user: string, row: Row): Promise<FileRecord> {
    return this.parts.seal.open<FileRecord>(user, row);
  }

  public async shown(user: string, row: Row): Promise<FileObject> {
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
 * What a file is.
 *
 * @throws ApiError when it is broken, of a kind that no model reads, or not what it is said to be
 */
export function checked(content: Uint8Array, { name, type }: Described, param: string): FileKind {
  const kind = kindOf(content, param);
  requireDeclared(kind, type, name, param);
  return kind;
}
