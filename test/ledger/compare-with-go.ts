import { canonicalJson } from '@/lib/ledger/canonical-json';
import { checkpointText, readCheckpoint } from '@/lib/ledger/checkpoint';
import { readVerifier, verifierText } from '@/lib/ledger/keys';
import { noteText, readNote } from '@/lib/ledger/note';
import { recordLeaf } from '@/lib/ledger/record-leaf';
import { signedBy } from '@/lib/ledger/signatures';
import { Tree } from '@/lib/ledger/tree';
import { verifyConsistency, verifyInclusion } from '@/lib/ledger/verify-proofs';
import { keyOf, LOG, OFFICER, signText } from './vectors';

const SIZE = 77;

/** What both programs exchange, as Go reads it: bytes are base64. */
interface Vectors {
  readonly Key: string;
  readonly Note: string;
  readonly Inclusions: readonly {
    readonly Size: number;
    readonly Index: number;
    readonly Hashes: readonly string[] | null;
  }[];
  readonly Consistencies: readonly {
    readonly From: number;
    readonly To: number;
    readonly Hashes: readonly string[] | null;
  }[];
}

/** Gives Go what the package made, and verifies what Go made of the same leaves; what is wrong. */
export function compareWithGo(runGo: (vectors: string) => string): string[] {
  const leaves = Array.from({ length: SIZE }, (_, index) => ({
    record: { seq: index, stream: 'a', text: 'é' },
    salt: Buffer.alloc(16, index),
  }));
  const hashes = leaves.map(({ record, salt }) => recordLeaf(record, salt));
  const tree = new Tree();
  for (const hash of hashes) tree.append(hash);
  const made = JSON.parse(
    runGo(
      JSON.stringify({
        ...vectorsOf(tree),
        Leaves: leaves.map(({ record, salt }) =>
          Buffer.concat([salt, Buffer.from(canonicalJson(record))]).toString('base64'),
        ),
      }),
    ),
  ) as Vectors;
  const root = tree.root();
  const mistakes: string[] = [];
  const note = readNote(made.Note);
  if (!signedBy(readVerifier(made.Key), note).isSigned) mistakes.push("Go's note isn't signed");
  const { size, root: stated } = readCheckpoint(note.text);
  if (size !== SIZE || !stated.equals(root)) mistakes.push("Go's checkpoint states another tree");
  for (const { Index: index, Hashes } of made.Inclusions) {
    const isTrue = verifyInclusion({ hash: hashes[index] as Buffer, index }, { size: SIZE, root }, bytesOf(Hashes));
    if (!isTrue) mistakes.push(`Go's inclusion proof of leaf ${index} isn't true`);
  }
  for (const { From: from, Hashes } of made.Consistencies) {
    const isTrue = verifyConsistency({ size: from, root: tree.root(from) }, { size: SIZE, root }, bytesOf(Hashes));
    if (!isTrue) mistakes.push(`Go's consistency proof from ${from} leaves isn't true`);
  }
  if (made.Inclusions.length !== SIZE || made.Consistencies.length !== SIZE) mistakes.push('Go made fewer proofs');
  return mistakes;
}

function vectorsOf(tree: Tree) {
  const text = checkpointText({ origin: LOG.name, size: SIZE, root: tree.root(), extensions: [] });
  const signatures = [signText(keyOf(1), LOG, text), signText(keyOf(2), OFFICER, text, 1_796_000_000)];
  const sizes = Array.from({ length: SIZE }, (_, index) => index + 1);
  return {
    Key: verifierText(LOG),
    Cosigner: OFFICER.name,
    CosignerKey: Buffer.from(OFFICER.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('base64'),
    Note: noteText({ text, signatures }),
    Roots: [0, ...sizes].map((size) => tree.root(size).toString('base64')),
    Inclusions: sizes.flatMap((size) =>
      sizes
        .slice(0, size)
        .map((_, index) => ({ Size: size, Index: index, Hashes: texts(tree.inclusion(index, size)) })),
    ),
    Consistencies: sizes.flatMap((to) =>
      sizes.slice(0, to).map((from) => ({ From: from, To: to, Hashes: texts(tree.consistency(from, to)) })),
    ),
  };
}

const texts = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('base64'));

const bytesOf = (hashes: readonly string[] | null): Buffer[] =>
  (hashes ?? []).map((hash) => Buffer.from(hash, 'base64'));
