import { ApiError } from '../errors/api-error';
import type { FileKind } from './file-kind';
import { type ModelFile, requireSendable } from './model-file';

/** A stored file, before it is read. */
export interface FoundFile {
  readonly kind: FileKind;
  readonly bytes: number;
  /** An estimate of the tokens that a model counts for it. */
  readonly tokens: number;
  /**
   * Why no model can be sent it.
   *
   * @default - it can be sent
   */
  readonly unusable?: Unusable;
  read(): Promise<Uint8Array>;
}

/** Why a file can't be used. */
export interface Unusable {
  /** Whether that ends without a change of the file. */
  readonly isForNow: boolean;
  /** The end of a sentence about the file. */
  readonly reason: string;
}

/** A place at which a request names a file by its ID. */
export interface FileReference {
  readonly id: string;
  readonly param: string;
}

/** The files of a request, by ID. A deleted file is missing. */
export type ModelFiles = ReadonlyMap<string, ModelFile>;

/** The limit for all files of a request. A model accepts little more, and the process holds them in memory together. */
const MOST_BYTES = 8_000_000;

/**
 * Reads the files of a request.
 *
 * @param current the references of the current input, all of which must exist
 * @param former the references of earlier items; deleted files are left out
 * @throws ApiError if a file doesn't exist or is too large, or all together are
 */
export async function readFiles(
  find: (id: string) => Promise<FoundFile | undefined>,
  current: readonly FileReference[],
  former: readonly FileReference[] = [],
): Promise<ModelFiles> {
  const files = new Map<string, ModelFile>();
  const required = new Set(current.map(({ id }) => id));
  let left = MOST_BYTES;
  for (const { id, param } of [...current, ...former]) {
    const known = files.get(id);
    const found = known === undefined ? await find(id) : undefined;
    const bytes = known?.content.length ?? found?.bytes;
    if (bytes === undefined) {
      if (required.has(id)) throw fileNotFound(param);
      continue;
    }
    // A file is sent each time that it is named.
    left -= bytes;
    if (found === undefined) {
      if (left < 0) throw tooMuch(param);
      continue;
    }
    // Nothing is left to wait for, and the conversation must stay usable.
    if (found.unusable?.isForNow === false && !required.has(id)) continue;
    requireUsable(found, param);
    requireSendable(found.kind, found.bytes, param);
    if (left < 0) throw tooMuch(param);
    files.set(id, { kind: found.kind, content: await found.read() });
  }
  return files;
}

/** @throws ApiError when no model can be sent the file */
export function requireUsable({ unusable }: FoundFile, param: string): void {
  if (unusable === undefined) return;
  const [status, code, fix] = unusable.isForNow
    ? ([409, 'file_not_ready', 'try again in a few seconds'] as const)
    : ([400, 'file_refused', 'send it again, or its text'] as const);
  throw new ApiError(status, code, `the file of '${param}' ${unusable.reason}; ${fix}`, { param });
}

/** A missing file and another member's file get the same answer. */
export const fileNotFound = (param: string) => new ApiError(404, 'file_not_found', 'no file has this id', { param });

const tooMuch = (param: string) =>
  new ApiError(400, 'file_too_large', `all files of a request may have at most ${MOST_BYTES} bytes; send fewer`, {
    param,
  });
