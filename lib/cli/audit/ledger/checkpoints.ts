import { type Checkpoint, readCheckpoint } from '../../../ledger/checkpoint';
import type { Frontier } from '../../../ledger/frontier';
import { rootOf } from '../../../ledger/frontier';
import { readNote } from '../../../ledger/note';
import { signedBy } from '../../../ledger/signatures';
import type { Bundle } from '../bundle/bundle';
import type { Findings } from '../shared/finding';
import { checkpointFile, sizeOfCheckpoint } from './hour-files';
import type { NamedKey } from './public-key';

const MOST_BYTES = 64 * 1_024;

/** The heads of trees that a bundle has, and that the ledger's key signed. */
export class Checkpoints {
  private readonly bySize = new Map<number, Checkpoint>();
  private readonly reached = new Set<number>();
  public origin: string | undefined;

  /** Reads those of a bundle. Without a key, signatures aren't verified. */
  public static read(bundle: Bundle, key: NamedKey | undefined, findings: Findings): Checkpoints {
    const checkpoints = new Checkpoints();
    for (const file of bundle.files) {
      const size = sizeOfCheckpoint(file);
      if (size === undefined) continue;
      try {
        checkpoints.add(size, bundle.read(file, MOST_BYTES).toString(), key);
      } catch (error) {
        findings.failure(file, (error as Error).message, 'a checkpoint that the key signed');
      }
    }
    if (checkpoints.bySize.size === 0) findings.gap('ledger/checkpoints/', 'no checkpoint', 'one for each hour');
    return checkpoints;
  }

  public get count(): number {
    return this.bySize.size;
  }

  /** The largest one. */
  public get last(): Checkpoint | undefined {
    return this.bySize.get(Math.max(...this.bySize.keys()));
  }

  public get(size: number): Checkpoint | undefined {
    return this.bySize.get(size);
  }

  /** Whether a tree is one whose head was signed. An empty one needs no signature. */
  public confirms(frontier: Frontier): boolean {
    const root = this.bySize.get(frontier.size)?.root;
    const isSame = frontier.size === 0 || root?.equals(rootOf(frontier)) === true;
    if (isSame) this.reached.add(frontier.size);
    return isSame;
  }

  /** Names those that no hour's leaves reach. */
  public reportUnreached(findings: Findings): void {
    for (const size of this.bySize.keys()) {
      if (!this.reached.has(size)) {
        findings.failure(checkpointFile(size), 'a tree that no hour of the bundle ends with', 'the tree of an hour');
      }
    }
  }

  private add(size: number, text: string, key: NamedKey | undefined): void {
    const note = readNote(text);
    const checkpoint = readCheckpoint(note.text);
    if (checkpoint.size !== size) throw new Error(`it is for ${checkpoint.size} leaves, but its name is for ${size}`);
    if (this.origin !== undefined && this.origin !== checkpoint.origin) throw new Error('it is of another ledger');
    const signed = key === undefined ? undefined : signedBy(key(checkpoint.origin), note);
    if (signed?.isSigned === false) throw new Error(signed.why);
    this.origin = checkpoint.origin;
    this.bySize.set(size, checkpoint);
  }
}
