import { auditStatement } from '../audit/audit-statement';
import type { CommandHelp } from '../help/command-help';

export const AUDIT_HELP: CommandHelp = {
  summary: 'State where each request was served, by ledger and trail',
  usage: [['audit --bundle PATH --key FILE [OPTIONS]', 'join the records of requests with the events of CloudTrail']],
  options: [
    ['--bundle PATH', 'folder with files of the evidence bucket'],
    ['--key FILE', "the ledger's public key: PEM, or one line with name, ID and key"],
    ['--from DAY', 'first day in UTC, such as 2026-11-01; default: that of the bundle'],
    ['--to DAY', 'last day in UTC; default: that of the bundle'],
    ['--boundary NAME', 'eu, eea, or codes of countries or Regions; default: that which the bundle states'],
    ['--format table|json|markdown', 'default: table'],
  ],
  examples: ['audit --bundle november --key ledger.pem'],
  exitCodes: [
    [0, 'nothing is missing, and every call was served inside the boundary'],
    [1, 'a call was served outside, something is missing, or files contradict each other'],
    [2, "the command line is invalid, or the bundle can't be read"],
  ],
};

/** Runs `audit`; the exit code. */
export function audit(args: readonly string[]): Promise<number> {
  return auditStatement(args);
}
