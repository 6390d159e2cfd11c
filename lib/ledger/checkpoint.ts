import { HASH_BYTES } from './hash';

/** The head of a tree, as its log states it (c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  /** The log's name, which is also that of its key. */
  readonly origin: string;
  /** Leaves. */
  readonly size: number;
  readonly root: Buffer;
  /** Further lines, which are signed too. */
  readonly extensions: readonly string[];
}

/** The text of a checkpoint, which is signed. */
export function checkpointText({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, size, root.toString('base64'), ...extensions].map((line) => `${line}\n`).join('');
}

/**
 * Reads the text of a note as a checkpoint.
 *
 * @throws Error if it isn't one
 */
export function readCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = '', ...extensions] = text.replace(/\n$/, '').split('\n');
  const checkpoint = { origin, size: Number(size), root: Buffer.from(root, 'base64'), extensions };
  const isValid =
    origin !== '' &&
    /^(0|[1-9]\d{0,15})$/.test(size) &&
    Number.isSafeInteger(checkpoint.size) &&
    checkpoint.root.length === HASH_BYTES &&
    !extensions.includes('') &&
    // Base64 that isn't canonical, or a text without its line break, would be signed as another text.
    checkpointText(checkpoint) === text;
  if (isValid) return checkpoint;
  throw new Error(
    "the note's text isn't a checkpoint: expected lines of origin, size and root in base64; compare the file with the original",
  );
}
