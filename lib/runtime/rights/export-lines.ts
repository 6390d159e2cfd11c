import { lineOf, toHead } from '../workspace/conversations/head';
import type { Placed } from '../workspace/conversations/items';
import type { StoredResponse } from '../workspace/conversations/responses';
import { type FileRecord, partObject } from '../workspace/files/files';
import type { PromptContent } from '../workspace/prompts/prompts';
import { keyOf, numberOf, type Row } from '../workspace/store/row';
import type { Seal } from '../workspace/store/seal';
import { kindOf } from './partition';
import { Stopped } from './stopped';

/** What of an export a row is: lines of a folder of files. */
export interface ExportedRow {
  readonly folder: string;
  readonly lines: readonly object[];
  /** A file that a line is about, in pieces of a bounded size. */
  readonly file?: { readonly name: string; readonly pieces: AsyncIterable<Uint8Array> };
}

type Reader = (user: string, row: Row, seal: Seal) => Promise<ExportedRow | undefined>;

/** Says where others are, or what is being done; nothing that isn't said elsewhere. */
const NOTHING: Reader = async () => undefined;

/** How each kind of row is exported. */
const KINDS: Readonly<Record<string, Reader>> = {
  conversation: async (user, row, seal) => {
    const { line, created, updated } = headOf(row);
    const metadata = row.content === undefined ? {} : await seal.open(user, row);
    return {
      folder: 'conversations',
      lines: [{ id: line, created_at: iso(created), updated_at: iso(updated), metadata }],
    };
  },
  thread: async (_, row) => {
    const { line, created, updated, parent } = headOf(row);
    return {
      folder: 'threads',
      lines: [{ id: line, created_at: iso(created), updated_at: iso(updated), continues: parent ?? null }],
    };
  },
  segment: async (user, row, seal) => {
    const [, line = ''] = keyOf(row).sk.split('#');
    const placed = await seal.open<Placed[]>(user, row);
    return { folder: 'items', lines: placed.map(({ seq, at, item }) => ({ in: line, seq, at: iso(at), item })) };
  },
  response: async (user, row, seal) => {
    const { response, input, output } = await seal.open<StoredResponse>(user, row);
    return { folder: 'responses', lines: [{ ...response, input, output }] };
  },
  file: async (user, row, seal) => {
    const [, id = ''] = keyOf(row).sk.split('#');
    const { parts, ...record } = await seal.open<FileRecord>(user, row);
    const name = `files/${id}`;
    const created_at = iso(numberOf(row, 'createdAt'));
    return {
      folder: 'files',
      lines: [{ id, ...record, created_at, file: name }],
      file: { name, pieces: piecesOf(user, id, parts, seal) },
    };
  },
  prompt: async (user, row, seal) => {
    const [, id] = keyOf(row).sk.split('#');
    const { name } = await seal.open<{ readonly name: string | null }>(user, row);
    return { folder: 'prompts', lines: [{ id, name, created_at: iso(numberOf(row, 'createdAt')) }] };
  },
  promptversion: async (user, row, seal) => {
    const [, prompt] = keyOf(row).sk.split('#');
    const content = await seal.open<PromptContent>(user, row);
    const [version, created_at] = [numberOf(row, 'version'), iso(numberOf(row, 'createdAt'))];
    return { folder: 'prompt_versions', lines: [{ prompt, version, created_at, ...content }] };
  },
  write: NOTHING,
  deleted: NOTHING,
  // What isn't a file yet, for an hour at most, or none any more.
  upload: NOTHING,
  part: NOTHING,
  leftover: NOTHING,
  export: NOTHING,
  exportfile: NOTHING,
};

/**
 * A row of a user as it is exported; none for one without content of its own.
 *
 * @throws Stopped for a kind of row that nobody has said how to export: an export that leaves something out in silence is none
 */
export function exportedRow(user: string, row: Row, seal: Seal): Promise<ExportedRow | undefined> {
  const kind = kindOf(row);
  const reader = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (reader !== undefined) return reader(user, row, seal);
  throw new Stopped(`rows of the kind '${kind}' can't be exported yet; teach export-lines.ts how, and resume the job`);
}

async function* piecesOf(user: string, id: string, parts: readonly string[], seal: Seal): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await seal.openObject(user, partObject(user, id, part));
}

const headOf = (row: Row) => toHead(row, lineOf(keyOf(row)));

const iso = (ms: number): string => new Date(ms).toISOString();
