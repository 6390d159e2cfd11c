import { createHash } from 'node:crypto';
import { MAX_FILE_BYTES } from '../../../contract/conversion';
import { requireReadableType } from '../../gateway/files/file-kind';
import { fileName } from '../../gateway/files/file-name';
import { ApiError } from '../errors/api-error';
import { Backoff } from '../store/backoff';
import { randomHex } from '../store/ids';
import { orLocked } from '../store/or-locked';
import { ofUser } from '../store/range';
import { keyOf, numberOf, type Row, toAttributes, toKey } from '../store/row';
import { Conflict } from '../store/table';
import { atVersion, deleteRow, putRow, type Write } from '../store/writes';
import {
  fileKey,
  fileOfUpload,
  isUploadId,
  newFileId,
  partKey,
  partObject,
  partsOf,
  UPLOADS,
  uploadKey,
  uploadOf,
} from './file-keys';
import type { FileDescription } from './file-record';
import type { FileObject, FileParts, Files } from './files';
import { isConverted, isOfficeKind, officeType, requireKind } from './office-kind';

/** An upload, as OpenAI's clients read it. */
interface UploadObject {
  readonly id: string;
  readonly object: 'upload';
  readonly bytes: number;
  /** Unix seconds. */
  readonly created_at: number;
  readonly expires_at: number;
  readonly filename: string;
  readonly purpose: string;
  readonly status: 'pending' | 'completed' | 'cancelled';
  readonly file: FileObject | null;
}

/** A part of an upload, as OpenAI's clients read it. */
interface PartObject {
  readonly id: string;
  readonly object: 'upload.part';
  /** Unix seconds. */
  readonly created_at: number;
  readonly upload_id: string;
}

/** Few enough for one transaction, and eight times as many as the largest file has at the limit of a request. */
const MAX_PARTS = 64;

/** How long parts may be added: OpenAI's limit. */
const OPEN_MS = 3_600_000;

/** Files that are sent in parts. A file is visible only once its upload is completed, and then as a whole. */
export class Uploads {
  constructor(
    private readonly parts: FileParts,
    private readonly files: Files,
  ) {}

  public async create(user: string, described: FileDescription, bytes: number): Promise<UploadObject> {
    const { table, cipher, leftovers, retention, now } = this.parts;
    // It is read as a whole once, when its upload is completed.
    if (bytes > MAX_FILE_BYTES) {
      throw new ApiError(400, 'file_too_large', `'bytes' may be at most ${MAX_FILE_BYTES}`, { param: 'bytes' });
    }
    const isOffice = this.parts.conversions.isOn && isConverted(described) && officeType(described.type) !== undefined;
    if (!isOffice) requireReadableType(described.type, 'mime_type');
    const name = fileName(described.name, 'filename');
    await this.clearEnded(user);
    await leftovers.clear(user);
    const at = now().getTime();
    const id = uploadOf(newFileId(now()));
    const key = uploadKey(user, id);
    const row: Row = {
      ...toKey(key),
      ...toAttributes({
        createdAt: at,
        endsAt: at + OPEN_MS,
        expiresAt: retention.expiryOf(at),
        bytes,
        parts: 0,
        version: 1,
        ...(await cipher.encrypt(user, key, { ...described, name })),
      }),
    };
    await table.put(row);
    return this.toUpload(user, row, 'pending');
  }

  /** Adds a part. Which parts the file has, and in which order, is decided when the upload is completed. */
  public async add(user: string, id: string, content: Uint8Array): Promise<PartObject> {
    const { table, cipher } = this.parts;
    if (content.length === 0)
      throw new ApiError(400, 'file_refused', 'the part is empty; leave it out', { param: 'data' });
    let upload = await this.require(user, id);
    requireRoom(upload);
    const part = `part_${randomHex()}`;
    const object = partObject(user, fileOfUpload(id), part);
    await cipher.encryptObject(user, object, content);
    const at = this.parts.now().getTime();
    const expiresAt = upload.expiresAt === undefined ? undefined : numberOf(upload, 'expiresAt');
    const row = {
      ...toKey(partKey(user, id, part)),
      ...toAttributes({ createdAt: at, expiresAt, bytes: content.length }),
    };
    const backoff = new Backoff();
    for (;;) {
      try {
        await table.transact([withOneMorePart(upload), putRow(row)], backoff);
        return { id: part, object: 'upload.part', created_at: Math.floor(at / 1_000), upload_id: id };
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        if (!(await backoff.next())) return orLocked(Promise.reject(error));
      }
      try {
        upload = await this.require(user, id);
        requireRoom(upload);
      } catch (error) {
        // Another request completed or cancelled the upload without this part.
        if (error instanceof ApiError) await cipher.deleteObjects([{ object: { S: object } }]);
        throw error;
      }
    }
  }

  /** Makes a file of parts, in the order in which they are named. A repeated request gets the same answer. */
  public async complete(user: string, id: string, ids: readonly string[], md5?: string): Promise<UploadObject> {
    const { table, leftovers, conversions } = this.parts;
    const backoff = new Backoff();
    for (;;) {
      const upload = await this.get(user, id);
      if (upload === undefined) return this.completed(user, id);
      const rows = await this.partRows(user, id);
      const { record, content } = await this.assemble(user, id, upload, rows, ids, md5);
      const row = await this.files.row(
        user,
        fileOfUpload(id),
        record,
        content,
        new Date(numberOf(upload, 'createdAt')),
      );
      const unused = rows.map(partOf).filter((part) => !ids.includes(part));
      if (unused.length > 0 && this.parts.keeps) throw partsOnHold();
      const writes: Write[] = [
        deleteRow(keyOf(upload), atVersion(numberOf(upload, 'version'))),
        ...rows.map((part) => deleteRow(keyOf(part))),
        putRow(row),
        ...(isOfficeKind(record.kind) ? conversions.request(user, fileOfUpload(id), record.parts) : []),
        ...(unused.length > 0 ? [leftovers.note(user, this.objects(user, id, unused))] : []),
      ];
      try {
        await table.transact(writes, backoff);
        if (isOfficeKind(record.kind)) conversions.requested();
        await leftovers.clear(user);
        return { ...(await this.toUpload(user, upload, 'completed')), file: await this.files.toFileObject(user, row) };
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        if (!(await backoff.next())) return orLocked(Promise.reject(error));
      }
    }
  }

  public async cancel(user: string, id: string): Promise<UploadObject> {
    const upload = await this.require(user, id);
    await orLocked(this.drop(user, upload));
    await this.parts.leftovers.clear(user);
    return this.toUpload(user, upload, 'cancelled');
  }

  /** The answer to a repetition of the request that completed the upload. */
  private async completed(user: string, id: string): Promise<UploadObject> {
    const row = isUploadId(id) ? await this.parts.table.get(fileKey(user, fileOfUpload(id))) : undefined;
    if (row === undefined) throw uploadNotFound();
    const file = await this.files.toFileObject(user, await this.parts.conversions.settled(user, row));
    const { bytes, created_at, filename, purpose } = file;
    const expires_at = created_at + OPEN_MS / 1_000;
    return { id, object: 'upload', bytes, created_at, expires_at, filename, purpose, status: 'completed', file };
  }

  private async assemble(
    user: string,
    id: string,
    upload: Row,
    rows: readonly Row[],
    ids: readonly string[],
    md5: string | undefined,
  ) {
    const sizes = new Map(rows.map((row) => [partOf(row), numberOf(row, 'bytes')]));
    const known = ids.every((part) => sizes.has(part));
    if (!known || new Set(ids).size < ids.length) {
      throw invalid('part_ids', 'must name parts of this upload, each once');
    }
    const sum = ids.reduce((total, part) => total + (sizes.get(part) ?? 0), 0);
    const bytes = numberOf(upload, 'bytes');
    if (sum !== bytes)
      throw invalid('part_ids', `must name parts of ${bytes} bytes together, as 'bytes' said, got ${sum}`);
    const described = await this.parts.cipher.decrypt<FileDescription>(user, upload);
    const pieces: Uint8Array[] = [];
    for (const object of this.objects(user, id, ids)) pieces.push(await this.parts.cipher.decryptObject(user, object));
    const content = Buffer.concat(pieces);
    if (md5 !== undefined && createHash('md5').update(content).digest('hex') !== md5.toLowerCase()) {
      throw invalid('md5', 'is not the checksum of what the parts hold');
    }
    const kind = requireKind(content, described, 'part_ids', this.parts.conversions.isOn);
    return { record: { name: described.name, purpose: described.purpose, kind, parts: [...ids] }, content };
  }

  /** Deletes an upload that wasn't completed, with its parts. */
  private async drop(user: string, upload: Row): Promise<void> {
    const { table, leftovers } = this.parts;
    const id = keyOf(upload).sk.slice(UPLOADS.length);
    const rows = await this.partRows(user, id);
    const objects = this.objects(user, id, rows.map(partOf));
    await table.transact([
      deleteRow(keyOf(upload), atVersion(numberOf(upload, 'version'))),
      ...rows.map((row) => deleteRow(keyOf(row))),
      leftovers.note(user, objects),
    ]);
  }

  /** Deletes the uploads that weren't completed in time, unless something is on hold. */
  private async clearEnded(user: string): Promise<void> {
    if (this.parts.keeps) return;
    for await (const rows of this.parts.table.pages(ofUser(user, UPLOADS, 25))) {
      for (const row of rows.filter((one) => !this.isOpen(one))) {
        await this.drop(user, row).catch((error) => {
          // Another request changed or deleted it first.
          if (!(error instanceof Conflict)) throw error;
        });
      }
    }
  }

  private async partRows(user: string, id: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const page of this.parts.table.pages(ofUser(user, partsOf(id), MAX_PARTS))) rows.push(...page);
    return rows;
  }

  private objects(user: string, id: string, parts: readonly string[]): string[] {
    return parts.map((part) => partObject(user, fileOfUpload(id), part));
  }

  private isOpen(upload: Row): boolean {
    return numberOf(upload, 'endsAt') > this.parts.now().getTime();
  }

  private async get(user: string, id: string): Promise<Row | undefined> {
    const row = isUploadId(id) ? await this.parts.table.get(uploadKey(user, id)) : undefined;
    return row !== undefined && this.isOpen(row) ? row : undefined;
  }

  private async require(user: string, id: string): Promise<Row> {
    const row = await this.get(user, id);
    if (row === undefined) throw uploadNotFound();
    return row;
  }

  private async toUpload(user: string, row: Row, status: UploadObject['status']): Promise<UploadObject> {
    const { name, purpose } = await this.parts.cipher.decrypt<FileDescription>(user, row);
    return {
      id: keyOf(row).sk.slice(UPLOADS.length),
      object: 'upload',
      bytes: numberOf(row, 'bytes'),
      created_at: Math.floor(numberOf(row, 'createdAt') / 1_000),
      expires_at: Math.floor(numberOf(row, 'endsAt') / 1_000),
      filename: name,
      purpose,
      status,
      file: null,
    };
  }
}

const partOf = (row: Row): string => keyOf(row).sk.replace(/^.*#/, '');

function requireRoom(upload: Row): void {
  if (numberOf(upload, 'parts') < MAX_PARTS) return;
  throw new ApiError(400, 'invalid_value', `an upload may have ${MAX_PARTS} parts; send larger ones`, {
    param: 'data',
  });
}

/** The write that adds one to the parts of an upload, unless another request changed it first. */
function withOneMorePart(upload: Row): Write {
  const version = numberOf(upload, 'version');
  const next = { ...upload, ...toAttributes({ version: version + 1, parts: numberOf(upload, 'parts') + 1 }) };
  return putRow(next, atVersion(version));
}

const uploadNotFound = () =>
  new ApiError(404, 'upload_not_found', 'there is no upload with this id that is open; one is open for an hour', {
    param: 'upload_id',
  });

const partsOnHold = () =>
  new ApiError(
    409,
    'legal_hold',
    "'part_ids' must name every part that was sent, because a legal hold keeps all of them; name the missing ones, or send the file in a new " +
      'upload',
    { param: 'part_ids' },
  );

const invalid = (param: string, what: string) => new ApiError(400, 'invalid_value', `'${param}' ${what}`, { param });
