import { readCheckpoint } from '../../ledger/checkpoint';
import { readNote } from '../../ledger/note';
import { signedBy } from '../../ledger/signatures';
import type { Audited } from './join/audit-bundle';
import type { NamedKey } from './ledger/public-key';

/** The name that findings give the file of `--cosigned`. */
const FILE = 'cosigned checkpoint';

/**
 * Compares a cosigned checkpoint with the ledger of a bundle: its tree must be one of the bundle's, so that the officer and the reader
 * were shown one history.
 *
 * @returns what was verified, in a line
 */
export function verifyCosigned(
  text: string,
  { key, officer, audited }: { readonly key: NamedKey; readonly officer: NamedKey; readonly audited: Audited },
): string[] {
  const { checkpoints, findings } = audited;
  try {
    const note = readNote(text);
    const { origin, size, root } = readCheckpoint(note.text);
    // A checkpoint may have several cosigners, and a public key in PEM has no name.
    const cosigners = note.signatures.flatMap(({ name }) => (name === origin ? [] : [name]));
    const cosigner = cosigners.find((name) => signedBy(officer(name), note).isSigned) ?? cosigners[0];
    const log = signedBy(key(origin), note);
    const signed = signedBy(officer(cosigner ?? origin), note);
    const own = checkpoints.get(size);
    if (!log.isSigned) findings.failure(FILE, log.why, 'a checkpoint that the key signed');
    else if (!signed.isSigned) findings.failure(FILE, signed.why, 'a checkpoint that the officer cosigned');
    else if (origin !== checkpoints.origin)
      findings.failure(FILE, 'one of another ledger', 'one of the ledger of the bundle');
    else if (own === undefined)
      findings.gap(FILE, `a tree of ${size} leaves`, 'a tree of which the bundle has the checkpoint');
    else if (!own.root.equals(root)) findings.failure(FILE, `another tree of ${size} leaves`, 'the tree of the bundle');
    else
      return [
        `${size} leaves, by ${officer(cosigner ?? origin).name} at ${new Date((signed.time ?? 0) * 1_000).toISOString()}`,
      ];
  } catch (error) {
    findings.failure(FILE, (error as Error).message, 'a checkpoint that the officer cosigned');
  }
  return [];
}
