import { createHash } from 'node:crypto';
import { EXPORTS_PREFIX } from '../../../contract/objects';
import type { ContentOptions } from '../store/content-options';
import { exportExpired, exportNotFound, exportNotReady } from '../store/errors';
import { type Key, partitionOf } from '../store/keys';
import { ContentObjects } from '../store/objects';
import { keyOf, numberOf, type Row } from '../store/row';
import { Standings } from '../store/standing';
import { ContentTable } from '../store/table';
import { tarEnd, tarHeader, tarPadding } from './tar';

/** A copy of everything of a member that an administrator had made, as its member reads it. */
export interface Export {
  readonly id: string;
  readonly object: 'export';
  /** Unix seconds, as `expires_at`. */
  readonly created_at: number;
  readonly expires_at: number;
  readonly status: 'in_progress' | 'completed' | 'expired';
  readonly files: number;
  readonly bytes: number;
}

export const EXPORTS = 'export#';

export const exportKey = (user: string, id: string): Key => ({ pk: partitionOf(user), sk: `${EXPORTS}${id}` });

/** The files of an export, each in an object of its own. */
export const exportFilesOf = (id: string): string => `exportfile#${id}#`;

/** Where in the bucket the exports of a member are. */
export const exportObjectsOf = (user: string): string => `${EXPORTS_PREFIX}${user}/`;

/** The object of one piece of a file. */
export const exportPiece = (object: string, nth: number): string => `${object}-${nth}`;

/** The ids of exports. */
export const isExportId = (id: string): boolean => /^export_[0-9a-f]{44}$/.test(id);

/** The exports of members, each opened by its own member alone. */
export class Exports {
  private readonly table: ContentTable;
  private readonly objects: ContentObjects;
  private readonly now: () => Date;

  constructor(private readonly options: Pick<ContentOptions, 'table' | 'bucket' | 'vault' | 'now'>) {
    const { table, bucket, now = () => new Date() } = options;
    this.now = now;
    this.table = new ContentTable(table.client, table.name, now);
    this.objects = new ContentObjects(bucket.client, bucket.name);
  }

  /** A member's exports, the newest first. There are few: each is gone soon after it has expired. */
  public async list(user: string): Promise<Export[]> {
    const range = { pk: partitionOf(user), from: EXPORTS, to: `${EXPORTS}~`, order: 'desc', page: 100 } as const;
    const found: Export[] = [];
    for await (const rows of this.table.pages(range)) found.push(...rows.map((row) => this.toExport(row)));
    return found;
  }

  /**
   * An export as a tar archive, which is decrypted as it is read.
   *
   * @throws ApiError when there is none of this member, or it isn't there yet or any more
   */
  public async open(user: string, id: string): Promise<ReadableStream<Uint8Array>> {
    const row = isExportId(id) ? await this.table.get(exportKey(user, id)) : undefined;
    if (row === undefined) throw exportNotFound();
    const { status } = this.toExport(row);
    if (status === 'expired') throw exportExpired();
    if (status === 'in_progress') throw exportNotReady();
    const owner = row.owner?.S ?? user;
    if (owner !== user && !(await this.isOwners(owner, id))) throw exportNotFound();
    const parts = this.parts(owner, id, row);
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { value, done } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await parts.return(undefined);
      },
    });
  }

  /** What was handed over goes with its owner's own, and from the moment on from which they are being erased. */
  private async isOwners(owner: string, id: string): Promise<boolean> {
    const { client, name } = this.options.table;
    const { erasing } = await new Standings(client, name).of(owner);
    return !erasing && (await this.table.get(exportKey(owner, id))) !== undefined;
  }

  /** One piece at a time, so that memory is bounded by the largest of them. */
  private async *parts(user: string, id: string, head: Row): AsyncGenerator<Uint8Array, void> {
    yield* this.file(user, { ...head, file: { S: 'manifest.json' }, bytes: head.manifestBytes ?? { N: '0' } }, head);
    const prefix = exportFilesOf(id);
    const range = { pk: partitionOf(user), from: prefix, to: `${prefix}~`, order: 'asc', page: 100 } as const;
    for await (const rows of this.table.pages(range)) for (const row of rows) yield* this.file(user, row, head);
    yield tarEnd();
  }

  private async *file(user: string, row: Row, head: Row): AsyncGenerator<Uint8Array, void> {
    const bytes = numberOf(row, 'bytes');
    yield tarHeader(row.file?.S ?? '', bytes, new Date(numberOf(head, 'createdAt')));
    const hash = createHash('sha256');
    for (let nth = 0; nth < numberOf(row, 'pieces'); nth++) {
      const encrypted = await this.objects.get(exportPiece(row.object?.S ?? '', nth));
      if (encrypted === undefined) throw new Error('a file of an export is gone');
      const plain = await this.options.vault.decrypt(user, encrypted);
      hash.update(plain);
      yield plain;
    }
    // The manifest names its files by their digests, so that who can write to the bucket can't exchange them.
    if (hash.digest('hex') !== row.sha256?.S) throw new Error('a file of an export is not as it was written');
    yield tarPadding(bytes);
  }

  private toExport(row: Row): Export {
    const expires = numberOf(row, 'until');
    return {
      id: keyOf(row).sk.slice(EXPORTS.length),
      object: 'export',
      created_at: Math.floor(numberOf(row, 'createdAt') / 1_000),
      expires_at: Math.floor(expires / 1_000),
      status: expires <= this.now().getTime() ? 'expired' : row.sha256 === undefined ? 'in_progress' : 'completed',
      files: Number(row.files?.N ?? 0),
      bytes: Number(row.bytes?.N ?? 0),
    };
  }
}
