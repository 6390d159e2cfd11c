import { ApiError } from '../../http/api-error';
import type { FileKind } from './file-kind';
import { type ModelFile, requireSendable } from './model-file';

/** A stored file, before it is read. */
export interface FoundFile {
  readonly kind: FileKind;
  readonly bytes: number;
  /** About as many as a model counts for it. */
  readonly tokens: number;
  read(): Promise<Uint8Array>;
}

/** Where a request names a file by its id. */
export interface FileReference {
  readonly id: string;
  readonly param: string;
}

/** The files of a request, by id. One that isn't there any more is missing. */
export type ModelFiles = ReadonlyMap<string, ModelFile>;

/** As much as all files of a request may have; a model takes little more, and the process holds them at once. */
const MOST_BYTES = 8_000_000;

/**
 * Reads the files of a request.
 *
 * @param asked what is asked now, each of which must be there
 * @param former what was said before: what isn't there any more is left out
 * @throws ApiError when one isn't there, is too large, or all together are
 */
export async function readFiles(
  find: (id: string) => Promise<FoundFile | undefined>,
  asked: readonly FileReference[],
  former: readonly FileReference[] = [],
): Promise<ModelFiles> {
  const files = new Map<string, ModelFile>();
  let left = MOST_BYTES;
  for (const { id, param } of [...asked, ...former]) {
    if (files.has(id)) continue;
    const found = await find(id);
    if (found === undefined && asked.some((reference) => reference.id === id)) throw fileNotFound(param);
    if (found === undefined) continue;
    requireSendable(found.kind, found.bytes, param);
    left -= found.bytes;
    if (left < 0) throw tooMuch(param);
    files.set(id, { kind: found.kind, content: await found.read() });
  }
  return files;
}

/** What isn't there and what is somebody else's are told alike. */
export const fileNotFound = (param: string) =>
  new ApiError(404, 'file_not_found', 'there is no file with this id', { param });

const tooMuch = (param: string) =>
  new ApiError(400, 'file_too_large', `the files of a request may have ${MOST_BYTES} bytes together; send fewer`, {
    param,
  });
