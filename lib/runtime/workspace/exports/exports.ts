import { createHash } from 'node:crypto';
import { EXPORTS_PREFIX } from '../../../contract/objects';
import { ContentCipher } from '../store/content-cipher';
import type { ContentStores } from '../store/content-stores';
import { type Key, partitionOf } from '../store/keys';
import { ContentObjects } from '../store/objects';
import { ofUser } from '../store/range';
import { keyOf, numberOf, type Row } from '../store/row';
import { ContentTable } from '../store/table';
import { UserStatuses } from '../store/user-status';
import { digestOf, hasDigest } from './digest';
import { exportExpired, exportNotFound, exportNotReady } from './errors';
import { tarEnd, tarHeader, tarPadding } from './tar';

/** A copy of all content of a member that an administrator requested, as its member reads it. */
export interface Export {
  readonly id: string;
  readonly object: 'export';
  /** Unix seconds, as `expires_at`. */
  readonly created_at: number;
  readonly expires_at: number;
  readonly status: 'in_progress' | 'completed' | 'expired';
  readonly files: number;
  readonly bytes: number;
  /** Another member is to receive this export. The user can cancel that until it is released. */
  readonly hand_over?: {
    readonly recipient: string;
    readonly requested_by: string;
    readonly reason: string;
    /** Unix seconds. */
    readonly release_from: number;
  };
}

export const EXPORTS = 'export#';

export const exportKey = (user: string, id: string): Key => ({ pk: partitionOf(user), sk: `${EXPORTS}${id}` });

/** The rows of an export's files. */
export const exportFilesOf = (id: string): string => `exportfile#${id}#`;

/** The prefix in the bucket of all exports of a member. */
export const exportPrefix = (user: string): string => `${EXPORTS_PREFIX}${user}/`;

/** The object of one piece of an exported file. */
export const exportPiece = (object: string, nth: number): string => `${object}-${nth}`;

export const isExportId = (id: string): boolean => /^export_[0-9a-f]{44}$/.test(id);

/** The exports of members, each opened by its own member alone. */
export class Exports {
  private readonly table: ContentTable;
  private readonly objects: ContentObjects;
  private readonly cipher: ContentCipher;
  private readonly now: () => Date;

  constructor(private readonly options: ContentStores & { readonly now?: () => Date }) {
    const { table, bucket, now = () => new Date() } = options;
    this.now = now;
    this.table = new ContentTable(table.client, table.name, now);
    this.objects = new ContentObjects(bucket.client, bucket.name);
    this.cipher = new ContentCipher(options.keyring, this.objects);
  }

  /** A member's exports, newest first. There are few, since each is deleted soon after it has expired. */
  public async list(user: string): Promise<Export[]> {
    const exports: Export[] = [];
    for await (const rows of this.table.pages(ofUser(user, EXPORTS, 100, 'desc'))) {
      exports.push(...rows.map((row) => this.toExport(row)));
    }
    return exports;
  }

  /**
   * An export as a tar archive, which is decrypted while it is read.
   *
   * @throws ApiError when the member has no such export, or it isn't ready yet, or has expired
   */
  public async open(user: string, id: string): Promise<ReadableStream<Uint8Array>> {
    const row = isExportId(id) ? await this.table.get(exportKey(user, id)) : undefined;
    if (row === undefined) throw exportNotFound();
    const { status } = this.toExport(row);
    if (status === 'expired') throw exportExpired();
    if (status === 'in_progress') throw exportNotReady();
    const owner = row.owner?.S ?? user;
    if (owner !== user && !(await this.ownerHas(owner, id))) throw exportNotFound();
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

  /** A released export ends with that of its owner, or when the owner's erasure begins. */
  private async ownerHas(owner: string, id: string): Promise<boolean> {
    const { client, name } = this.options.table;
    const { erasing } = await new UserStatuses(client, name).of(owner);
    return !erasing && (await this.table.get(exportKey(owner, id))) !== undefined;
  }

  /** Reads one piece at a time, so that the largest piece bounds the memory. */
  private async *parts(user: string, id: string, header: Row): AsyncGenerator<Uint8Array, void> {
    yield* this.file(
      user,
      { ...header, file: { S: 'manifest.json' }, bytes: header.manifestBytes ?? { N: '0' } },
      header,
    );
    for await (const rows of this.table.pages(ofUser(user, exportFilesOf(id), 100))) {
      for (const row of rows) yield* this.file(user, row, header);
    }
    yield tarEnd();
  }

  private async *file(user: string, row: Row, header: Row): AsyncGenerator<Uint8Array, void> {
    const bytes = numberOf(row, 'bytes');
    yield tarHeader(row.file?.S ?? '', bytes, new Date(numberOf(header, 'createdAt')));
    const hash = createHash('sha256');
    for (let nth = 0; nth < numberOf(row, 'pieces'); nth++) {
      const encrypted = await this.objects.get(exportPiece(row.object?.S ?? '', nth));
      if (encrypted === undefined) throw new Error('a file of an export is gone');
      const plain = await this.options.keyring.decrypt(user, encrypted);
      hash.update(plain);
      yield plain;
    }
    // The manifest has the digest of each file, so a principal that can write to the bucket can't replace one.
    if (hash.digest('hex') !== (await digestOf(this.cipher, user, row)))
      throw new Error('a file of an export is not as it was written');
    yield tarPadding(bytes);
  }

  private toExport(row: Row): Export {
    const expires = numberOf(row, 'until');
    return {
      id: keyOf(row).sk.slice(EXPORTS.length),
      object: 'export',
      created_at: Math.floor(numberOf(row, 'createdAt') / 1_000),
      expires_at: Math.floor(expires / 1_000),
      status: expires <= this.now().getTime() ? 'expired' : !hasDigest(row) ? 'in_progress' : 'completed',
      files: Number(row.files?.N ?? 0),
      bytes: Number(row.bytes?.N ?? 0),
      // The recipient's own row has an owner.
      ...(row.recipient !== undefined && row.owner === undefined && { hand_over: toHandOver(row) }),
    };
  }
}

const toHandOver = (row: Row): NonNullable<Export['hand_over']> => ({
  recipient: row.recipient?.S ?? '',
  requested_by: row.requestedBy?.S ?? '',
  reason: row.reason?.S ?? '',
  release_from: Math.floor(numberOf(row, 'releaseFrom') / 1_000),
});
