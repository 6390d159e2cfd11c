import type { Evidence } from '../core/evidence';
import { sha256 } from '../core/sha256';
import type { EvidenceFile } from '../formats/evidence-file';

/** The type of a signed payload: https://github.com/in-toto/attestation/blob/main/spec/v1/envelope.md */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
/** What the statement says of its files. */
export const PREDICATE_TYPE = 'https://github.com/cdk-eu-residency/cdk-eu-residency/residency-evidence/v1';

/** An in-toto statement about the files of a report. */
export interface Statement {
  readonly _type: string;
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: string;
  /** The head of the evidence. */
  readonly predicate: unknown;
}

/** What is signed: the digest of each file, and the head of the evidence. */
export const statementOf = ({ head }: Evidence, files: readonly EvidenceFile[]): Statement => ({
  _type: STATEMENT_TYPE,
  subject: files.map(({ name, content }) => ({ name, digest: { sha256: sha256(content) } })),
  predicateType: PREDICATE_TYPE,
  predicate: head,
});
