import { sha256 } from '../../../ledger/hash';
import type { Bundle } from '../bundle/bundle';
import { unzip } from '../bundle/unzipped';
import type { Findings } from '../shared/finding';
import { type BedrockCall, bedrockCall } from './bedrock-call';
import type { DigestedTrail } from './digest-chain';
import { logFileOf } from './trail-files';

/** CloudTrail's files are far smaller; more would fill the memory. */
const MOST_BYTES = 128 * 1_024 * 1_024;

export type OnCall = (call: BedrockCall, file: string) => void;

/**
 * Reads the calls of models in all files of events that a digest confirms. Events of other files are forged or not yet confirmed, so
 * they count as missing.
 */
export function readTrail(bundle: Bundle, digested: DigestedTrail, findings: Findings, onCall: OnCall): number {
  let events = 0;
  for (const file of bundle.files) {
    const name = logFileOf(file);
    // A finding names the Region; its files prove nothing.
    if (name === undefined || digested.withoutKeys.has(name.region)) continue;
    const expected = digested.hashes.get(file);
    if (expected === undefined) {
      findings.failure(file, 'a file that no digest names', 'files of events that a digest confirms');
      continue;
    }
    try {
      const bytes = unzip(bundle, file, MOST_BYTES);
      if (sha256(bytes).toString('hex') !== expected) throw new Error('other contents');
      const { Records } = JSON.parse(bytes.toString());
      for (const event of Records) {
        events += 1;
        const call = bedrockCall(event);
        if (call !== undefined) onCall(call, file);
      }
    } catch (error) {
      const why =
        error instanceof SyntaxError || error instanceof TypeError ? 'another form' : (error as Error).message;
      findings.failure(file, why, 'the contents whose hash the digest names');
    }
  }
  for (const file of digested.hashes.keys()) {
    if (!bundle.has(file)) findings.gap(file, 'no such file', 'a file of events, which a digest names');
  }
  return events;
}
