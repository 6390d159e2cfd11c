import { auditStatement } from '../audit/audit-statement';
import { auditVerify } from '../audit/audit-verify';
import { auditCosign } from '../audit/cosign/audit-cosign';
import { auditProve } from '../audit/proof/audit-prove';
import type { CommandHelp } from '../help/command-help';

export const AUDIT_HELP: CommandHelp = {
  summary: 'State where each request was served, by ledger and trail',
  usage: [
    ['audit --bundle PATH --key FILE [OPTIONS]', 'join the records of requests with the events of CloudTrail'],
    ['audit verify PATH --key FILE [OPTIONS]', 'verify a bundle, or the proof of a record, without a network'],
    [
      'audit prove ID --bundle PATH [--out FILE]',
      'prove that a record is in the ledger, and show nothing of the others',
    ],
    [
      'audit cosign CHECKPOINT --key FILE --name NAME --log-key FILE --state FILE [OPTIONS]',
      "add the officer's signature, if the checkpoint is consistent with the last one that they cosigned",
    ],
  ],
  options: [
    ['--bundle PATH', 'folder with files of the evidence bucket'],
    [
      '--key FILE',
      "the ledger's public key: PEM, or one line with name, ID and key; cosign: the officer's private key",
    ],
    ['--from DAY', 'first day in UTC, such as 2026-11-01; default: that of the bundle'],
    ['--to DAY', 'last day in UTC; default: that of the bundle'],
    ['--cosigned FILE', 'verify: a checkpoint that an officer cosigned, whose tree must be one of the bundle'],
    ['--cosigner FILE', "verify: the officer's public key"],
    ['--name NAME', "cosign: the name of the officer's key, such as example.eu/officer"],
    ['--log-key FILE', "cosign: the ledger's public key"],
    ['--state FILE', 'cosign: file that remembers the last checkpoint'],
    ['--first', 'cosign: the officer has cosigned no checkpoint of this ledger yet'],
    ['--out FILE', 'prove, cosign: a new file for the result; default: standard output'],
    ['--boundary NAME', 'eu, eea, or codes of countries or Regions; default: that which the bundle states'],
    ['--format table|json|markdown', 'default: table'],
  ],
  notes: ['The command reads files, and calls nothing.'],
  examples: [
    'audit --bundle november --key ledger.pem',
    'audit verify november --key ledger.pem',
    'audit prove req_1 --bundle november --out proof.json',
  ],
  exitCodes: [
    [0, 'nothing is missing, and every call was served inside the boundary; or verified, proved, cosigned'],
    [1, 'a call was served outside, something is missing, or files contradict each other; or not cosigned'],
    [2, "the command line is invalid, or the bundle can't be read"],
  ],
};

/** Runs `audit`; the exit code. */
export function audit(args: readonly string[]): Promise<number> {
  const [action, ...others] = args;
  if (action === 'verify') return auditVerify(others);
  if (action === 'prove') return auditProve(others);
  if (action === 'cosign') return auditCosign(others);
  return auditStatement(args);
}
