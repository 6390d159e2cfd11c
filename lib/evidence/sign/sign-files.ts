import type { Evidence } from '../core/evidence';
import type { EvidenceFile } from '../formats/evidence-file';
import { enveloped, type Signer } from './dsse';
import { PAYLOAD_TYPE, statementOf } from './statement';

/** The name of the signature, next to the files that it is about. */
export const SIGNATURE_FILE = 'evidence.intoto.jsonl';

/** The detached signature of the files of a report. */
export async function signatureOf(
  evidence: Evidence,
  files: readonly EvidenceFile[],
  signer: Signer,
): Promise<EvidenceFile> {
  const payload = Buffer.from(JSON.stringify(statementOf(evidence, files)));
  return { name: SIGNATURE_FILE, content: `${JSON.stringify(await enveloped(PAYLOAD_TYPE, payload, signer))}\n` };
}
