import { type BatchRecord, toBatch } from '../../workspace/background/batch';
import type { LineResult } from '../../workspace/background/line-results';
import type { LogEntry } from '../../workspace/conversations/items';
import { logOf } from '../../workspace/conversations/keys';
import { type Source, toHeader } from '../../workspace/conversations/log-header';
import { marked } from '../../workspace/conversations/provenance';
import type { StoredResponse } from '../../workspace/conversations/responses';
import type { DeferredResponse } from '../../workspace/conversations/unfinished-responses';
import { type ConversionReport, readReport, TEXT_PART } from '../../workspace/files/conversion-report';
import { WAITING } from '../../workspace/files/conversion-state';
import { fileOfUpload, partObject } from '../../workspace/files/file-keys';
import type { FileDescription, FileRecord } from '../../workspace/files/file-record';
import { provenName } from '../../workspace/keys/key-proof';
import { toKeys } from '../../workspace/keys/key-row';
import type { MemberKey } from '../../workspace/keys/member-key';
import { shownLimits } from '../../workspace/keys/member-keys';
import type { PromptContent } from '../../workspace/prompts/prompts';
import { sharedObject } from '../../workspace/prompts/share-keys';
import type { SharedContent } from '../../workspace/prompts/shares';
import type { ContentCipher } from '../../workspace/store/content-cipher';
import { keyOf, numberOf, type Row, textOf } from '../../workspace/store/row';
import { Stopped } from '../jobs/stopped';
import { kindOf } from '../store/partition';

/** The part of an export that a row becomes: lines of the files in a folder. */
export interface ExportedRow {
  readonly folder: string;
  readonly lines: readonly object[];
  /** The content of the file that the line describes, in pieces of a bounded size. */
  readonly file?: { readonly name: string; readonly pieces: AsyncIterable<Uint8Array> };
  /** The text of that file, if it was converted. */
  readonly text?: ExportedRow['file'];
}

type Reader = (
  user: string,
  row: Row,
  cipher: ContentCipher,
  forRecipient: boolean,
) => Promise<ExportedRow | undefined>;

/** For rows that say where others are, or what is in progress: all of it is exported elsewhere. */
const NOTHING: Reader = async () => undefined;

/** How each kind of row is exported. */
const KINDS: Readonly<Record<string, Reader>> = {
  conversation: async (user, row, cipher) => {
    const { log, created, updated } = headerOf(row);
    const metadata = row.content === undefined ? {} : await cipher.decrypt(user, row);
    return {
      folder: 'conversations',
      lines: [{ id: log, created_at: iso(created), updated_at: iso(updated), metadata }],
    };
  },
  thread: async (_, row) => {
    const { log, created, updated, parent } = headerOf(row);
    return {
      folder: 'threads',
      lines: [{ id: log, created_at: iso(created), updated_at: iso(updated), continues: toContinued(parent) }],
    };
  },
  segment: async (user, row, cipher) => {
    const [, log = ''] = keyOf(row).sk.split('#');
    const entries = await cipher.decrypt<LogEntry[]>(user, row);
    return { folder: 'items', lines: entries.map((entry) => itemLine(log, entry)) };
  },
  response: async (user, row, cipher) => {
    const { response, input, output } = await cipher.decrypt<StoredResponse>(user, row);
    return { folder: 'responses', lines: [{ ...response, input, output: output.map(marked) }] };
  },
  file: async (user, row, cipher) => {
    const [, id = ''] = keyOf(row).sk.split('#');
    const { parts, ...noted } = await cipher.decrypt<FileRecord>(user, row);
    const report = row.conversion?.S === WAITING ? await reportOf(user, id, cipher) : undefined;
    const record = { ...noted, ...(report && { conversion: report }) };
    const name = `files/${id}`;
    const created_at = iso(numberOf(row, 'createdAt'));
    const isConverted = record.conversion !== undefined && 'lost' in record.conversion;
    const text = `${name}.txt`;
    return {
      folder: 'files',
      lines: [{ id, ...record, created_at, file: name, ...(isConverted && { text }) }],
      file: { name, pieces: piecesOf(user, id, parts, cipher) },
      ...(isConverted && { text: { name: text, pieces: piecesOf(user, id, [TEXT_PART], cipher) } }),
    };
  },
  prompt: async (user, row, cipher) => {
    const [, id] = keyOf(row).sk.split('#');
    const { name } = await cipher.decrypt<{ readonly name: string | null }>(user, row);
    return { folder: 'prompts', lines: [{ id, name, created_at: iso(numberOf(row, 'createdAt')) }] };
  },
  promptversion: async (user, row, cipher) => {
    const [, prompt] = keyOf(row).sk.split('#');
    const content = await cipher.decrypt<PromptContent>(user, row);
    const [version, created_at] = [numberOf(row, 'version'), iso(numberOf(row, 'createdAt'))];
    return { folder: 'prompt_versions', lines: [{ prompt, version, created_at, ...content }] };
  },
  upload: async (user, row, cipher) => {
    const [, id] = keyOf(row).sk.split('#');
    const { name, ...described } = await cipher.decrypt<FileDescription>(user, row);
    const [created_at, ends_at] = [iso(numberOf(row, 'createdAt')), iso(numberOf(row, 'endsAt'))];
    return {
      folder: 'uploads',
      lines: [{ id, name, ...described, bytes: numberOf(row, 'bytes'), created_at, ends_at }],
    };
  },
  part: async (user, row, cipher) => {
    const [, upload = '', part = ''] = keyOf(row).sk.split('#');
    const name = `upload_parts/${part}`;
    return {
      folder: 'upload_parts',
      lines: [{ upload, part, created_at: iso(numberOf(row, 'createdAt')), file: name }],
      file: { name, pieces: piecesOf(user, fileOfUpload(upload), [part], cipher) },
    };
  },
  keys: async (user, row, cipher, forRecipient) => {
    const { signedInAt, groups, keys } = toKeys(row);
    const lineOf = async (key: MemberKey) => {
      const { id, createdAt, ends, models = null, course = null } = key;
      const name = await provenName(cipher, user, key);
      const limits = shownLimits(key);
      const shown = { id, name, created_at: iso(createdAt), expires_at: iso(ends), models, course, limits };
      return forRecipient ? shown : { ...shown, signed_in_at: iso(signedInAt * 1_000), ...(groups && { groups }) };
    };
    return { folder: 'api_keys', lines: await Promise.all([...keys.values()].map(lineOf)) };
  },
  share: async (_, row, cipher) => {
    const [, id] = keyOf(row).sk.split('#');
    const { group, ...content } = await cipher.decrypt<SharedContent>(textOf(row, 'key'), row);
    const [prompt, version, created_at] = [
      textOf(row, 'prompt'),
      numberOf(row, 'version'),
      iso(numberOf(row, 'createdAt')),
    ];
    return { folder: 'shares', lines: [{ id, group, prompt, version, created_at, ...content }] };
  },
  sharedfile: async (user, row, cipher) => {
    const [, share = '', nth = ''] = keyOf(row).sk.split('#');
    const key = textOf(row, 'key');
    const { id, kind } = await cipher.decrypt<{ readonly id: string; readonly kind: string }>(key, row);
    // A name in a tar archive has at most 100 characters.
    const name = `shared_files/${share.slice(-44)}-${nth}`;
    const object = sharedObject(user, share, Number(nth));
    return {
      folder: 'shared_files',
      lines: [{ share, id, kind, created_at: iso(numberOf(row, 'createdAt')), file: name }],
      file: { name, pieces: pieceOf(key, object, cipher) },
    };
  },
  sharekey: NOTHING,
  // In the partition of a group.
  sharedby: NOTHING,
  // Its request, whose answer isn't there yet.
  running: async (user, row, cipher) => {
    const deferred = await cipher.decrypt<DeferredResponse | null>(user, row);
    // A batch has a row of its own.
    if (deferred === null) return undefined;
    const { response, input } = deferred;
    return { folder: 'responses', lines: [{ ...response, input, output: [] }] };
  },
  batch: async (user, row, cipher) => {
    const [, id = ''] = keyOf(row).sk.split('#');
    return { folder: 'batches', lines: [toBatch(id, row, await cipher.decrypt<BatchRecord>(user, row))] };
  },
  // The results of a batch that isn't over; those of others are in its files.
  batchline: async (user, row, cipher) => {
    if (row.done === undefined) return undefined;
    const [, batch] = keyOf(row).sk.split('#');
    return { folder: 'batch_results', lines: [{ batch, ...(await cipher.decrypt<LineResult>(user, row)) }] };
  },
  write: NOTHING,
  deleted: NOTHING,
  // Objects of files that were deleted.
  leftover: NOTHING,
  export: NOTHING,
  exportfile: NOTHING,
};

/**
 * Converts a row for an export; undefined for a row without content of its own.
 *
 * @param forRecipient whether another member than the user receives the export
 * @throws Stopped for an unknown kind of row: an export must not omit anything silently
 */
export function exportedRow(
  user: string,
  row: Row,
  cipher: ContentCipher,
  forRecipient = false,
): Promise<ExportedRow | undefined> {
  const kind = kindOf(row);
  const reader = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (reader !== undefined) return reader(user, row, cipher, forRecipient);
  throw new Stopped(`rows of the kind '${kind}' can't be exported yet; teach export-rows.ts how, and resume the job`);
}

/** The line of an item, which says whether a model generated it. */
function itemLine(log: string, { seq, at, item }: LogEntry): object {
  const shown = marked(item);
  return { in: log, seq, at: iso(at), generated: shown.provenance !== undefined, item: shown };
}

/**
 * The report of a conversion whose outcome no request of the member has noted yet. S3 answers a role that can't list objects with a 403 for
 * one that doesn't exist. A role that can't read objects doesn't pass by this: the file itself is one of them.
 */
async function reportOf(user: string, id: string, cipher: ContentCipher): Promise<ConversionReport | undefined> {
  try {
    return await readReport(cipher, user, id);
  } catch (error) {
    if ((error as Error).name === 'AccessDenied') return undefined;
    throw error;
  }
}

async function* piecesOf(
  user: string,
  id: string,
  parts: readonly string[],
  cipher: ContentCipher,
): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await cipher.decryptObject(user, partObject(user, id, part));
}

async function* pieceOf(key: string, object: string, cipher: ContentCipher): AsyncGenerator<Uint8Array> {
  yield await cipher.decryptObject(key, object);
}

const headerOf = (row: Row) => toHeader(row, logOf(keyOf(row)));

/** What a thread continues, in the words of the export's format. */
function toContinued(parent: Source | undefined): object | null {
  if (parent === undefined) return null;
  return 'response' in parent ? parent : { line: parent.log, through: parent.through };
}

const iso = (ms: number): string => new Date(ms).toISOString();
