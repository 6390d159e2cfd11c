import { isExpired } from '../../../contract/tables';
import { encryptedDigest } from '../../workspace/exports/digest';
import { exportFilesOf, exportKey, exportPrefix } from '../../workspace/exports/exports';
import type { Keyring } from '../../workspace/keyring/keyring';
import { ContentCipher } from '../../workspace/store/content-cipher';
import { partitionOf } from '../../workspace/store/keys';
import { ContentObjects } from '../../workspace/store/objects';
import { ofUser } from '../../workspace/store/range';
import { type Row, toAttributes, toKey } from '../../workspace/store/row';
import { ContentTable } from '../../workspace/store/table';
import { statusKey } from '../../workspace/store/user-status';
import { PRESENT, putRow, requireRow, type Write } from '../../workspace/store/writes';
import type { Change, Job } from '../jobs/job';
import type { StepsOf } from '../jobs/step-actors';
import { folderPage } from '../pages/folder-page';
import { type ContentAccess, contentAccess } from '../store/delete-content';
import type { MemberLinks } from '../store/member-links';
import { Partitions } from '../store/partition';
import { updateIfPresent } from '../store/update-if-present';
import { describe } from './export-manifest';
import { type ExportedRow, exportedRow } from './export-rows';
import {
  CONTENTS,
  type ExportedFile,
  ExportedFiles,
  fileOfLines,
  fileOfPage,
  fileRow,
  numbered,
} from './exported-files';
import { delayed, delayedEarlier, isEarlier, releasable } from './hand-over-delay';
import type { PartsOf } from './parts';
import { EXPORT_LISTED_MS, EXPORT_MS, REQUEST_MS } from './windows';

/** Rows per query, and the size at which a file ends before they are processed: memory holds one file at a time. */
const PAGE = 16;
const FILE_BYTES = 4 * 1024 * 1024;

/** Pages of objects that one step deletes. */
const PAGES = 20;

interface Exporter {
  readonly workspace: string;
  readonly keyring: Keyring;
  readonly table: ContentTable;
  readonly partitions: Partitions;
  readonly cipher: ContentCipher;
  readonly files: ExportedFiles;
  readonly links: MemberLinks;
  readonly handOverMs: number;
  readonly now: () => Date;
}

/** The steps that make an export: pages of rows become files of lines, each encrypted under the user's own key. */
export function exportSteps({
  workspace,
  table,
  bucket,
  keyring,
  links,
  rules,
  now,
}: PartsOf['exporter']): StepsOf<'exporter'>['export'] {
  const objects = new ContentObjects(bucket.client, bucket.name);
  const exporter: Exporter = {
    workspace,
    keyring,
    table: new ContentTable(table.client, table.name, now),
    partitions: new Partitions(table.client, table.name),
    cipher: new ContentCipher(keyring, objects),
    files: new ExportedFiles(keyring, objects),
    links,
    handOverMs: rules.handOverMs,
    now,
  };
  return {
    announce: (job) => announce(exporter, job),
    read: (job) => unlessErased(exporter, job, () => read(exporter, job)),
    manifest: (job) => unlessErased(exporter, job, () => writeManifest(exporter, job)),
    'hand-over': (job) => handOver(exporter, job),
  };
}

/** The steps of an export that read the member's counts, and delete it: once its time is over, or when it wasn't released in time. */
export function exportEraserSteps(parts: PartsOf['eraser']): StepsOf<'eraser'>['export'] {
  const content = contentAccess(parts, parts.now);
  return {
    usage: async ({ user, figures }) => {
      if (isHandOver({ figures })) return { step: 'read' };
      const usage = JSON.stringify([...(await parts.counts.days(user)), ...(await parts.counts.months(user))]);
      return { figures: { ...figures, usage }, step: 'read' };
    },
    delay: async (job) => releasable(job),
    unreleased: (job) => remove(content, parts, job),
    remove: (job) => remove(content, parts, job),
  };
}

/** Whether another member receives the export: then it has the content, and nothing of when and how much its user worked. */
const isHandOver = ({ figures }: Pick<Job, 'figures'>): boolean => figures.recipient !== undefined;

/** The write that lists an export for its user while it is being made. */
function announced(job: Job): Write {
  const { user, id, at } = job;
  const attributes = { createdAt: at, until: at + EXPORT_LISTED_MS, ...noticeOf(job) };
  return putRow({ ...toKey(exportKey(user, id)), ...toAttributes(attributes) });
}

/** What the user reads of a hand-over: who receives their export, who requested that, why, and since when it can be released. */
const noticeOf = ({ by, figures: { recipient, reason, releaseFrom } }: Pick<Job, 'by' | 'figures'>) =>
  recipient === undefined ? {} : { recipient, reason, requestedBy: by, releaseFrom };

/** Nothing is added to the content of a user who is being erased. */
const unlessErasing = (user: string): Write =>
  requireRow(statusKey(user), {
    ConditionExpression: 'attribute_not_exists(#erasing)',
    ExpressionAttributeNames: { '#erasing': 'erasing' },
  });

/** An export ends with the erasure of its user, which deletes the row that lists it and the key that its steps need. */
const ENDED: Change = { state: 'cancelled', step: 'done' };

const isErasing = async ({ table }: Exporter, user: string): Promise<boolean> =>
  (await table.get(statusKey(user)))?.erasing !== undefined;

async function announce(exporter: Exporter, job: Job): Promise<Change> {
  if (await isErasing(exporter, job.user)) return ENDED;
  return { step: 'usage', also: [announced(job), unlessErasing(job.user)] };
}

/** The user may have been readmitted since, and then only the row that lists the export says that it was deleted. */
async function unlessErased(exporter: Exporter, job: Job, step: () => Promise<Change>): Promise<Change> {
  const isListed = (await exporter.table.get(exportKey(job.user, job.id))) !== undefined;
  return isListed && !(await isErasing(exporter, job.user)) ? step() : ENDED;
}

async function read(exporter: Exporter, job: Job): Promise<Change> {
  const { user, counts } = job;
  // The counts become a file with the first page of rows, so that the job doesn't keep them.
  const { usage, ...figures } = job.figures;
  const { folders, attached, through } = await collect(exporter, job);
  // Version 0.1.0 read them for a hand-over too.
  const days: object[] = isHandOver(job) ? [] : JSON.parse(`${usage ?? '[]'}`);
  if (days.length > 0) folders.set('usage', days.map(toLine));
  const nextCounts = { ...counts };
  const files: ExportedFile[] = [];
  let nth = Number(figures.files ?? 0);
  await exporter.keyring.ensureKey(user);
  for (const [folder, lines] of folders) {
    const name = numbered(++nth);
    files.push(await exporter.files.write(job, name, fileOfLines(`${folder}/${name}.jsonl`, lines)));
    const page = fileOfPage(`${folder}/${name}.html`, folderPage(folder, name, lines));
    files.push(await exporter.files.write(job, numbered(++nth), page));
    nextCounts[folder] = (nextCounts[folder] ?? 0) + lines.length;
  }
  for (const { name, pieces } of attached) {
    files.push(await exporter.files.write(job, numbered(++nth), { file: name, lines: 0, pieces }));
  }
  const rows = await Promise.all(
    files.map((file, index) => fileRow(exporter.cipher, job, nth - files.length + index + 1, file)),
  );
  const bytes = files.reduce((sum, file) => sum + file.bytes, Number(figures.bytes ?? 0));
  return {
    counts: nextCounts,
    figures: { ...figures, files: nth, bytes },
    cursor: through,
    step: through === undefined ? 'manifest' : 'read',
    also: [...rows, requireRow(exportKey(user, job.id), PRESENT), unlessErasing(user)],
  };
}

/** Begins the position of a page of links. No row of content begins with it. */
const LINKS = 'links#';

interface Collected {
  readonly folders: Map<string, string[]>;
  readonly attached: readonly NonNullable<ExportedRow['file']>[];
  readonly through: string | undefined;
}

const toLine = (line: object): string => `${JSON.stringify(line)}\n`;

/** The lines of a page by their folder, up to the size of a file; `through` is where the next page begins. Links follow the last row. */
async function collect(exporter: Exporter, job: Job): Promise<Collected> {
  const { user, cursor } = job;
  const forRecipient = isHandOver(job);
  if (cursor?.startsWith(LINKS)) return collectLinks(exporter, user, cursor.slice(LINKS.length));
  const { rows, last } = await exporter.partitions.page(user, { after: cursor, limit: PAGE });
  const folders = new Map<string, string[]>();
  const attached: NonNullable<ExportedRow['file']>[] = [];
  let bytes = 0;
  for (const row of rows) {
    const exported = await decrypted(exporter, user, row, forRecipient);
    if (exported !== undefined) {
      const lines = exported.lines.map(toLine);
      folders.set(exported.folder, [...(folders.get(exported.folder) ?? []), ...lines]);
      for (const file of [exported.file, exported.text]) if (file !== undefined) attached.push(file);
      bytes += lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    }
    const hasMore = row !== rows.at(-1) || last !== undefined;
    if (bytes >= FILE_BYTES && hasMore) return { folders, attached, through: row.sk?.S };
  }
  if (last !== undefined) return { folders, attached, through: last };
  // They are about the user, and no content to hand over.
  if (forRecipient) return { folders, attached, through: undefined };
  const linked = await collectLinks(exporter, user, '');
  return { folders: new Map([...folders, ...linked.folders]), attached, through: linked.through };
}

async function collectLinks({ links }: Exporter, user: string, after: string): Promise<Collected> {
  const page = await links.page(user, after === '' ? undefined : after);
  const lines = page.links.map(({ id, time }) => toLine({ record: id, time }));
  return {
    folders: new Map(lines.length > 0 ? [['records', lines]] : []),
    attached: [],
    through: page.last && `${LINKS}${page.last}`,
  };
}

/** The content of a row; undefined if it has expired, or was deleted while it was read. A row that was replaced is read again. */
async function decrypted({ cipher, table, now }: Exporter, user: string, row: Row, forRecipient: boolean) {
  if (isExpired(row, now())) return undefined;
  try {
    return await exportedRow(user, row, cipher, forRecipient);
  } catch (error) {
    const current = await table.get({ pk: partitionOf(user), sk: row.sk?.S ?? '' });
    if (current === undefined) return undefined;
    if (current.object?.S !== row.object?.S) return exportedRow(user, current, cipher, forRecipient);
    throw error;
  }
}

async function writeManifest(
  { workspace, table, files, cipher, handOverMs, now }: Exporter,
  job: Job,
): Promise<Change> {
  const { user, id, at, figures } = job;
  const described = await describe({ workspace, table, files, cipher }, job);
  const { bytes: manifestBytes, sha256, ...written } = described.manifest;
  const key = exportKey(user, id);
  const digest = await encryptedDigest(cipher, user, key, sha256);
  const time = now().getTime();
  const isHanded = isHandOver(job);
  const releaseFrom = Math.max(time, Number(figures.releaseFrom ?? time + handOverMs));
  const until = (isHanded ? releaseFrom : time) + EXPORT_MS;
  const bytes = Number(figures.bytes ?? 0) + described.contents.bytes;
  const next = { ...figures, until, ...(isHanded && { releaseFrom }) };
  const notice = noticeOf({ by: job.by, figures: next });
  const attributes = {
    ...written,
    ...digest,
    manifestBytes,
    createdAt: at,
    until,
    bytes,
    files: described.count,
    ...notice,
  };
  return {
    ...(isHanded
      ? (isEarlier(job) ? delayedEarlier : delayed)({ figures: next }, releaseFrom)
      : { state: 'ready', step: 'remove', notBefore: until, figures: next }),
    also: [
      putRow({ ...toKey(key), ...toAttributes(attributes) }, PRESENT),
      await fileRow(cipher, job, CONTENTS, described.contents),
      unlessErasing(user),
    ],
  };
}

/** Lists the export for its recipient too, in a row that names its owner. The files stay where they are, under the owner's key. */
async function handOver({ table, handOverMs, now }: Exporter, job: Job): Promise<Change> {
  const { user, id, figures } = job;
  const own = await table.get(exportKey(user, id));
  const recipient = `${figures.recipient}`;
  const recipientStatus = await table.get(statusKey(recipient));
  // The recipient is being erased, so the export is deleted without being released.
  if (recipientStatus?.erasing !== undefined) return { step: 'remove', notBefore: undefined };
  // The user was erased after the export was made, and the export with them.
  if (own === undefined) return ENDED;
  if (figures.releaseFrom === undefined) return delayedWithNotice(job, own, now().getTime() + handOverMs);
  const until = now().getTime() + EXPORT_MS;
  const attributes = { owner: user, until, expiresAt: Math.floor((until + EXPORT_LISTED_MS) / 1_000) };
  const handed = { ...own, ...toKey(exportKey(recipient, id)), ...toAttributes(attributes) };
  return {
    state: 'ready',
    figures: { ...figures, until },
    notBefore: until,
    step: 'remove',
    also: [putRow(handed), unlessErasing(user), unlessErasing(recipient)],
  };
}

/** Version 0.1.0 accepted the hand-over without a delay, and told the user nothing. */
function delayedWithNotice(job: Job, own: Row, releaseFrom: number): Change {
  const change = delayedEarlier(job, releaseFrom);
  const { by, figures } = { ...job, ...change };
  const notice = toAttributes({ until: releaseFrom + EXPORT_MS, ...noticeOf({ by, figures }) });
  return { ...change, also: [putRow({ ...own, ...notice }), unlessErasing(job.user)] };
}

async function remove(
  { objects, table }: ContentAccess,
  { table: access, now }: Pick<PartsOf['eraser'], 'table' | 'now'>,
  { user, id, at, state, figures }: Job,
): Promise<Change> {
  const { isDone } = await objects.delete(`${exportPrefix(user)}${id}/`, PAGES);
  if (!isDone) return {};
  for await (const rows of table.pages(ofUser(user, exportFilesOf(id), 100))) await table.deleteAll(rows);
  // The row that lists the export stays for a while, so that its user reads that it has expired.
  const isCancelled = state === 'called-off';
  // Before the job changes, so that a repetition of the step writes it too, and outside the job's transaction, which is of another partition.
  await updateIfPresent(
    access,
    exportKey(user, id),
    `SET #expires = :expires${isCancelled ? ', #until = :until' : ''}`,
    {
      ExpressionAttributeNames: { '#expires': 'expiresAt', ...(isCancelled && { '#until': 'until' }) },
      ExpressionAttributeValues: {
        ':expires': { N: `${Math.floor((at + EXPORT_LISTED_MS) / 1_000)}` },
        ...(isCancelled && { ':until': { N: `${figures.calledOffAt}` } }),
      },
    },
  );
  if (!isCancelled) return { state: 'expired', step: 'done' };
  // Another run of the step that wrote the files may still write one. It is deleted once no request from before is left.
  const over = Number(figures.calledOffAt) + REQUEST_MS;
  return now().getTime() < over ? { notBefore: over } : { state, step: 'done' };
}
