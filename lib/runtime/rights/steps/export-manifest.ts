import { GENERATED } from '../../http/records/generated';
import { digestOf } from '../../workspace/exports/digest';
import { exportFilesOf } from '../../workspace/exports/exports';
import type { ContentCipher } from '../../workspace/store/content-cipher';
import { ofUser } from '../../workspace/store/range';
import { numberOf } from '../../workspace/store/row';
import type { ContentTable } from '../../workspace/store/table';
import type { Job } from '../jobs/job';
import { indexPage, type ListedFile } from '../pages/index-page';
import { CONTENTS, type ExportedFile, type ExportedFiles, fileOfLines, fileOfPage, numbered } from './exported-files';

interface Described {
  /** The page of contents. */
  readonly contents: ExportedFile;
  readonly manifest: ExportedFile;
  /** The number of files in the manifest. */
  readonly count: number;
}

/** Writes the page of an export's contents, and its manifest. A repetition writes the same bytes. */
export async function describe(
  {
    workspace,
    table,
    files,
    cipher,
  }: {
    readonly workspace: string;
    readonly table: ContentTable;
    readonly files: ExportedFiles;
    readonly cipher: ContentCipher;
  },
  job: Job,
): Promise<Described> {
  const { user, id, at, counts } = job;
  const requestedAt = new Date(at).toISOString();
  const listed = await listedFiles(table, cipher, job);
  const page = indexPage({ id, workspace, user, requestedAt, marks: MARKS }, listed);
  const contents = await files.write(job, numbered(CONTENTS), fileOfPage(CONTENTS_NAME, page));
  const { bytes, lines, sha256 } = contents;
  listed.unshift({ name: CONTENTS_NAME, bytes, lines, sha256 });
  const text = JSON.stringify(
    {
      formatVersion: FORMAT_VERSION,
      export: id,
      workspace,
      user,
      requestedAt,
      format: FORMAT,
      generated: { digitalSourceType: GENERATED, marks: MARKS },
      counts,
      files: listed,
    },
    undefined,
    2,
  );
  const manifest = await files.write(job, 'manifest', fileOfLines('manifest.json', [`${text}\n`]));
  return { contents, manifest, count: listed.length };
}

/** The files of an export, without the page of contents, which an earlier run of this step may have listed. */
async function listedFiles(table: ContentTable, cipher: ContentCipher, { user, id }: Job): Promise<ListedFile[]> {
  const listed: ListedFile[] = [];
  for await (const rows of table.pages(ofUser(user, exportFilesOf(id), 100))) {
    for (const row of rows) {
      const [name = '', sha256 = ''] = [row.file?.S, await digestOf(cipher, user, row)];
      if (name === CONTENTS_NAME) continue;
      listed.push({ name, bytes: numberOf(row, 'bytes'), lines: numberOf(row, 'lines'), sha256 });
    }
  }
  return listed;
}

const CONTENTS_NAME = 'index.html';

/** Grows when a program that reads exports would have to change: docs/EXPORT-FORMAT.md. Exports of version 0.1.0 have none. */
const FORMAT_VERSION = 1;

const FORMAT =
  'JSON Lines in UTF-8, each file of them also as a page for people: conversations and threads, the items in each by its id and ' +
  'sequence number, responses with what was asked, files and parts of uploads as they were sent, API keys without their secrets, and, ' +
  'unless it is for another member, the tokens used per day and month. index.html lists the pages';

const MARKS =
  "a model generated each item that has 'provenance': 'softwareAgent' names the model, 'when' the time. Items that version 0.1.0 " +
  "stored have neither; see 'at' of the item, or 'model' and 'completed_at' of the response. Everything else was sent by the user or " +
  "their client, and its origin isn't known. The marks aren't signed";
