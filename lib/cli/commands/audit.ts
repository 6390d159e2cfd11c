import { auditStatement } from '../audit/audit-statement';
import { auditVerify } from '../audit/audit-verify';
import { auditCosign } from '../audit/cosign/audit-cosign';
import { auditProve } from '../audit/proof/audit-prove';
import type { CommandHelp } from '../help/command-help';

export const AUDIT_HELP: CommandHelp = {
  summary: 'State where each request was served, by ledger and trail',
  usage: [
    ['audit --bundle PATH --key FILE [OPTIONS]', 'join the records of requests with the events of CloudTrail'],
    ['audit --live --key FILE BUCKET [OPTIONS]', 'the same, with files that are fetched now and not stored'],
    [
      'audit bundle --out PATH BUCKET',
      "copy what an audit of a period needs: ledger, trail, CloudTrail's signatures and public keys",
    ],
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
    ['BUCKET', '--from DAY --to DAY --bucket NAME --region REGION [--ask-outside]'],
    ['--bundle PATH', "a folder that 'audit bundle' wrote"],
    [
      '--key FILE',
      "the ledger's public key: PEM, or one line with name, ID and key; cosign: the officer's private key",
    ],
    [
      '--trail-keys FILE',
      "statement, verify: CloudTrail's public keys, as 'aws cloudtrail list-public-keys' prints them, in a file named like eu-central-1.json; repeat it for each Region; default: those of the bundle",
    ],
    ['--not-enabled REGIONS', 'statement, verify: Regions that an account must enable, and that this one has not'],
    ['--from DAY', 'first day in UTC, such as 2026-11-01; default: that of the bundle'],
    ['--to DAY', 'last day in UTC; default: that of the bundle'],
    ['--bucket NAME', 'bundle, --live: the evidence bucket of the foundation'],
    ['--region REGION', 'bundle, --live: the Region of that bucket'],
    [
      '--ask-outside',
      "bundle, --live: fetch CloudTrail's public keys in Regions outside the boundary too, without which a statement is incomplete; a request names a period, and no content",
    ],
    ['--cosigned FILE', 'verify: a checkpoint that an officer cosigned, whose tree must be one of the bundle'],
    ['--cosigner FILE', "verify: the officer's public key"],
    ['--name NAME', "cosign: the name of the officer's key, such as example.eu/officer"],
    ['--log-key FILE', "cosign: the ledger's public key"],
    ['--state FILE', 'cosign: file that remembers the last checkpoint'],
    ['--first', 'cosign: the officer has cosigned no checkpoint of this ledger yet'],
    ['--out FILE', 'bundle: a new folder; prove, cosign: a new file; default of these two: standard output'],
    [
      '--boundary NAME',
      'eu, eea, or codes of countries or Regions; default: that which the bundle states; bundle, --live: eu',
    ],
    ['--format table|json|markdown', 'default: table'],
  ],
  notes: [
    "Only 'audit bundle' and '--live' call AWS: STS, S3 and CloudTrail, with your own credentials. They change nothing in the account, and need s3:ListBucketVersions, s3:GetObjectVersion, kms:Decrypt and cloudtrail:ListPublicKeys.",
  ],
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
  if (action === 'bundle') {
    const { runAuditBundle } = require('../run/run-aws') as typeof import('../run/run-aws');
    return runAuditBundle(others);
  }
  return auditStatement(args);
}
