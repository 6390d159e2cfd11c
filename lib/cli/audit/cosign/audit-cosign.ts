import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Checkpoint, readCheckpoint } from '../../../ledger/checkpoint';
import { type LedgerKey, ledgerKey, verifierText } from '../../../ledger/keys';
import { noteText, readNote } from '../../../ledger/note';
import { messageOf, signatureOf, signedBy } from '../../../ledger/signatures';
import { print, printError } from '../../shared/print';
import { UsageError } from '../../shared/usage-error';
import { openBundle } from '../bundle/open-bundle';
import { readPublicKey } from '../ledger/public-key';
import { refuseOutput, writeOutput } from '../shared/write-output';
import { contradiction } from './consistency';
import { exclusively, readOfficerState, writeOfficerState } from './officer-state';

const OPTIONS = {
  key: { type: 'string' },
  name: { type: 'string' },
  'log-key': { type: 'string' },
  state: { type: 'string' },
  first: { type: 'boolean', default: false },
  bundle: { type: 'string' },
  out: { type: 'string' },
} as const;

const REQUIRED = {
  key: "a file with the officer's private Ed25519 key in PEM",
  name: "the name of the officer's key, such as example.eu/officer",
  'log-key': "a file with the ledger's public key",
  state: 'a file that remembers the last checkpoint',
} as const;

/** Runs `audit cosign`; the exit code. */
export async function auditCosign(args: readonly string[], now = new Date()): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('audit cosign takes the file of one checkpoint');
  const required = (name: keyof typeof REQUIRED): string => {
    const value = values[name];
    if (value === undefined) throw new UsageError(`--${name} is missing; name ${REQUIRED[name]}`);
    return value;
  };
  const privateKey = readPrivateKey(required('key'));
  const officer = ledgerKey(required('name'), 'cosigner', privateKey);
  const logKey = readPublicKey('--log-key', required('log-key'), 'log');
  const { note, checkpoint } = readCheckpointFile(file);
  const signed = signedBy(logKey(checkpoint.origin), note);
  if (!signed.isSigned) return refused(`it isn't the ledger's: ${signed.why}`);
  const state = required('state');
  refuseOutput(values.out);
  const time = Math.floor(now.getTime() / 1_000);
  return exclusively(state, async () => {
    const last = readOfficerState(state);
    if ((last === undefined) !== values.first) {
      throw new UsageError(
        last === undefined
          ? '--state: the file does not exist; restore it, or add --first if the officer never cosigned this ledger'
          : '--first: the officer has cosigned this ledger before; omit it',
      );
    }
    if (last !== undefined && time < last.time) return refused('the clock is earlier than the last cosignature');
    const bundle = values.bundle === undefined ? undefined : openBundle(values.bundle);
    const why = last && (await contradiction(last, checkpoint, bundle, logKey));
    if (why !== undefined) return refused(why);
    const { origin, size, root } = checkpoint;
    // A crash after the signature and before the state would let the next run cosign a fork.
    writeOfficerState(state, { format: 1, origin, size, root: root.toString('base64'), time });
    const cosigned = cosign(note, officer, privateKey, time);
    if (values.out === undefined) print(cosigned.trimEnd());
    else writeOutput(values.out, cosigned);
    printError(`cosigned ${size} leaves; the officer's public key is ${verifierText(officer)}`);
    return 0;
  });
}

function cosign(note: ReturnType<typeof readNote>, officer: LedgerKey, privateKey: KeyObject, time: number): string {
  const signature = sign(null, messageOf(officer, note.text, time), privateKey);
  const others = note.signatures.filter(({ name, keyId }) => name !== officer.name || !keyId.equals(officer.id));
  return noteText({ text: note.text, signatures: [...others, signatureOf(officer, signature, time)] });
}

function readCheckpointFile(file: string): {
  readonly note: ReturnType<typeof readNote>;
  readonly checkpoint: Checkpoint;
} {
  try {
    const note = readNote(readFileSync(file, 'utf8'));
    return { note, checkpoint: readCheckpoint(note.text) };
  } catch (error) {
    throw new UsageError(
      `the file is no checkpoint: ${(error as Error).message}; name a file of ledger/checkpoints/ in a bundle`,
    );
  }
}

function readPrivateKey(file: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(file));
  } catch {
    throw new UsageError(
      '--key: the file has no private key without a passphrase; make one with: openssl genpkey -algorithm ed25519 -out officer.pem',
    );
  }
}

function refused(why: string): number {
  printError(`not cosigned: ${why}`);
  return 1;
}
