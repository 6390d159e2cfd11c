import { createHash } from 'node:crypto';
import { exportFilesOf, exportKey, exportObjectsOf, exportPiece } from '../workspace/exports/exports';
import { partitionOf } from '../workspace/store/keys';
import type { ContentObjects } from '../workspace/store/objects';
import { isExpired, numberOf, type Row, toAttributes, toKey } from '../workspace/store/row';
import type { Seal } from '../workspace/store/seal';
import { standingKey } from '../workspace/store/standing';
import type { ContentTable, Write } from '../workspace/store/table';
import { type ExportedRow, exportedRow } from './export-lines';
import type { Change, Job } from './job';
import type { JobStore } from './job-store';
import type { Partitions } from './partition';
import type { RightsOptions } from './rights-options';
import type { Steps } from './steps';
import type { UserObjects } from './user-objects';
import { EXPORT_MS, EXPORT_TOLD_MS } from './windows';

/** Rows that are asked for at once, and the text that ends a file before they are through: memory holds one file at a time. */
const PAGE = 16;
const FILE_BYTES = 4 * 1024 * 1024;

/** Pages of objects that are deleted in one step. */
const PAGES = 20;

export interface ExportParts extends Pick<RightsOptions, 'workspace' | 'vault'> {
  readonly table: ContentTable;
  readonly jobs: JobStore;
  readonly partitions: Partitions;
  readonly contents: ContentObjects;
  readonly objects: UserObjects;
  readonly seal: Seal;
  readonly now: () => Date;
}

/** A file of an export as its manifest names it. */
interface ExportedFile {
  readonly file: string;
  readonly object: string;
  /** In how many objects it is. */
  readonly pieces: number;
  readonly bytes: number;
  readonly lines: number;
  readonly sha256: string;
}

/** The steps of an export: pages of rows become files of lines, each encrypted under the user's own key. */
export function exportSteps(parts: ExportParts): Steps {
  return {
    announce: {
      actor: 'exporter',
      run: async (job) => ({ step: 'read', also: [announced(job), unlessErasing(job.user)] }),
    },
    read: { actor: 'exporter', run: (job) => read(parts, job) },
    manifest: { actor: 'exporter', run: (job) => manifest(parts, job) },
    // Nobody has released it in time.
    unreleased: { actor: 'eraser', run: (job) => remove(parts, job) },
    'hand-over': { actor: 'exporter', run: (job) => handOver(parts, job) },
    remove: { actor: 'eraser', run: (job) => remove(parts, job) },
  };
}

/** The write by which an export is known to its user, while it is being made. */
function announced(job: Job): Write {
  const key = toKey(exportKey(job.user, job.id));
  const Item = { ...key, ...toAttributes({ createdAt: job.at, until: job.at + EXPORT_TOLD_MS }) };
  return { Put: { TableName: undefined, Item } };
}

async function read(parts: ExportParts, job: Job): Promise<Change> {
  const { user, cursor, counts, figures } = job;
  const { rows, last } = await parts.partitions.page(user, { after: cursor, limit: PAGE });
  const folders = new Map<string, string[]>();
  const attached: NonNullable<ExportedRow['file']>[] = [];
  let bytes = 0;
  let through: string | undefined = last;
  for (const row of rows) {
    const found = await opened(parts, user, row);
    if (found !== undefined) {
      const lines = found.lines.map((line) => `${JSON.stringify(line)}\n`);
      folders.set(found.folder, [...(folders.get(found.folder) ?? []), ...lines]);
      if (found.file !== undefined) attached.push(found.file);
      bytes += lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    }
    if (bytes >= FILE_BYTES && (row !== rows.at(-1) || last !== undefined)) {
      through = row.sk?.S;
      break;
    }
  }
  const next = { ...counts };
  const files: ExportedFile[] = [];
  let nth = Number(figures.files ?? 0);
  await parts.vault.open(user);
  for (const [folder, lines] of folders) {
    const number = `${++nth}`.padStart(6, '0');
    files.push(await writtenLines(parts, job, number, `${folder}/${number}.jsonl`, lines));
    next[folder] = (next[folder] ?? 0) + lines.length;
  }
  for (const { name, pieces } of attached) {
    files.push(await written(parts, job, `${++nth}`.padStart(6, '0'), { file: name, lines: 0, pieces }));
  }
  const total = files.reduce((sum, file) => sum + file.bytes, Number(figures.bytes ?? 0));
  return {
    counts: next,
    figures: { ...figures, files: nth, bytes: total },
    cursor: through,
    step: through === undefined ? 'manifest' : 'read',
    also: [...files.map((file, index) => indexed(job, nth - files.length + index + 1, file)), unlessErasing(user)],
  };
}

/** A row's content; none if it has expired, or was deleted or replaced while it was read. */
async function opened({ seal, table, now }: ExportParts, user: string, row: Row) {
  if (isExpired(row, now())) return undefined;
  try {
    return await exportedRow(user, row, seal);
  } catch (error) {
    const again = await table.get({ pk: partitionOf(user), sk: row.sk?.S ?? '' });
    if (again === undefined) return undefined;
    if (again.object?.S !== row.object?.S) return exportedRow(user, again, seal);
    throw error;
  }
}

function writtenLines(parts: ExportParts, job: Job, name: string, file: string, lines: readonly string[]) {
  const pieces = (async function* () {
    yield Buffer.from(lines.join(''));
  })();
  return written(parts, job, name, { file, lines: lines.length, pieces });
}

async function written(
  { vault, contents }: ExportParts,
  { user, id }: Job,
  name: string,
  { file, lines, pieces }: Pick<ExportedFile, 'file' | 'lines'> & { readonly pieces: AsyncIterable<Uint8Array> },
): Promise<ExportedFile> {
  const object = `${exportObjectsOf(user)}${id}/${name}`;
  const hash = createHash('sha256');
  let [bytes, count] = [0, 0];
  for await (const piece of pieces) {
    await contents.put(exportPiece(object, count++), await vault.encrypt(user, piece));
    hash.update(piece);
    bytes += piece.length;
  }
  return { file, object, pieces: count, bytes, lines, sha256: hash.digest('hex') };
}

function indexed({ user, id }: Job, nth: number, file: ExportedFile): Write {
  const key = { pk: partitionOf(user), sk: `${exportFilesOf(id)}${`${nth}`.padStart(6, '0')}` };
  return { Put: { TableName: undefined, Item: { ...toKey(key), ...toAttributes({ ...file }) } } };
}

/** Nothing is added to what is being erased. */
const unlessErasing = (user: string): Write => ({
  ConditionCheck: {
    TableName: undefined,
    Key: toKey(standingKey(user)),
    ConditionExpression: 'attribute_not_exists(#erasing)',
    ExpressionAttributeNames: { '#erasing': 'erasing' },
  },
});

async function manifest(parts: ExportParts, job: Job): Promise<Change> {
  const { workspace, table, now } = parts;
  const { user, id, at, counts, figures } = job;
  const prefix = exportFilesOf(id);
  const files: object[] = [];
  const range = { pk: partitionOf(user), from: prefix, to: `${prefix}~`, order: 'asc', page: 100 } as const;
  for await (const rows of table.pages(range)) {
    for (const row of rows) {
      const [bytes, lines] = [numberOf(row, 'bytes'), numberOf(row, 'lines')];
      files.push({ name: row.file?.S, bytes, lines, sha256: row.sha256?.S });
    }
  }
  const text = JSON.stringify(
    { export: id, workspace, user, requestedAt: new Date(at).toISOString(), format: FORMAT, counts, files },
    undefined,
    2,
  );
  const { bytes: manifestBytes, ...made } = await writtenLines(parts, job, 'manifest', 'manifest.json', [`${text}\n`]);
  const until = now().getTime() + EXPORT_MS;
  const bytes = Number(figures.bytes ?? 0);
  const shown = { ...made, manifestBytes, createdAt: at, until, bytes, files: files.length };
  const head = { ...toKey(exportKey(user, id)), ...toAttributes(shown) };
  const waits = figures.recipient !== undefined;
  return {
    state: waits ? 'awaiting-release' : 'ready',
    figures: { ...figures, until, manifestSha256: made.sha256 },
    notBefore: until,
    step: waits ? 'unreleased' : 'remove',
    also: [{ Put: { TableName: undefined, Item: head } }, unlessErasing(user)],
  };
}

const FORMAT =
  'JSON Lines in UTF-8: conversations and threads, the items in each by its id and sequence number, ' +
  'responses with what was asked, and files as they were sent';

/** The recipient's own row of it, which says whose it is: the files stay where they are, under the key of their owner. */
async function handOver({ table, now }: ExportParts, { user, id, figures }: Job): Promise<Change> {
  const own = await table.get(exportKey(user, id));
  const recipient = `${figures.recipient}`;
  const theirStanding = await table.get(standingKey(recipient));
  // Whoever was to get it is being erased: it goes, and nobody gets it.
  if (theirStanding?.erasing !== undefined) return { step: 'remove', notBefore: undefined };
  // The user was erased since it was made, and it with them.
  if (own === undefined) return { state: 'cancelled', step: 'done' };
  const until = now().getTime() + EXPORT_MS;
  const expires = { owner: user, until, expiresAt: Math.floor((until + EXPORT_TOLD_MS) / 1_000) };
  const theirs = { ...own, ...toKey(exportKey(recipient, id)), ...toAttributes(expires) };
  return {
    state: 'ready',
    figures: { ...figures, until },
    notBefore: until,
    step: 'remove',
    also: [{ Put: { TableName: undefined, Item: theirs } }, unlessErasing(user), unlessErasing(recipient)],
  };
}

async function remove({ objects, table }: ExportParts, job: Job): Promise<Change> {
  const { user, id } = job;
  const { isDone } = await objects.delete(`${exportObjectsOf(user)}${id}/`, PAGES);
  if (!isDone) return {};
  const prefix = exportFilesOf(id);
  const range = { pk: partitionOf(user), from: prefix, to: `${prefix}~`, order: 'asc', page: 100 } as const;
  for await (const rows of table.pages(range)) await table.deleteAll(rows);
  // The row that tells of the export is left, and is no longer needed once nobody asks for it.
  const told: Write = {
    Update: {
      TableName: undefined,
      Key: toKey(exportKey(user, id)),
      UpdateExpression: 'SET #expires = :expires',
      ConditionExpression: 'attribute_exists(#pk)',
      ExpressionAttributeNames: { '#expires': 'expiresAt', '#pk': 'pk' },
      ExpressionAttributeValues: { ':expires': { N: `${Math.floor((job.at + EXPORT_TOLD_MS) / 1_000)}` } },
    },
  };
  return { state: 'expired', step: 'done', also: [told] };
}
