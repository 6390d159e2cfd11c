import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Evidence } from '../../evidence/core/evidence';
import type { EvidenceFile } from '../../evidence/formats/evidence-file';
import { EVIDENCE_FORMATS } from '../../evidence/formats/formats';
import type { CommandHelp } from '../help/command-help';
import { evidenceOf } from '../report/evidence-of';
import { joinReport } from '../report/join-report';
import { previousReport } from '../report/previous-report';
import { changeLines, reportDocuments } from '../report/report-documents';
import { readReportCommand } from '../report/report-options';
import { signerOf } from '../report/signer-of';
import { verifyReport } from '../report/verify-report';
import { writeFiles } from '../report/write-files';
import { print, printError } from '../shared/print';
import { refuseUnwritableFolder } from '../shared/writable';

export const REPORT_HELP: CommandHelp = {
  summary: 'Write evidence of what is stored and processed where, and sign it',
  usage: [
    ['report [PATH] [OPTIONS]', 'writes the files of a report'],
    ['report verify [DIR] --key FILE', 'checks the files of a signed report'],
    ['report join DIR DIR... [OPTIONS]', 'writes one report over the reports of several accounts'],
  ],
  options: [
    ['PATH', 'the folder of a cloud assembly, or a template file; default: cdk.out'],
    ['--out DIR', 'folder for the files; default: residency-report'],
    [
      '--format FORMATS',
      'html (one page with a map), json, markdown, csv, oscal (component definition and assessment results) and odt (the documents), separated by commas; default: html,json,markdown,csv',
    ],
    ['--language en|fr|de|es|it', 'language of the page; default: en'],
    [
      '--documents en,fr,de',
      'also write the documents in these languages, as html and odt unless --format names one of them; with --format odt alone: en',
    ],
    ['--reviewed-by NAME', 'the lawyer who reviewed the documents; without it, each says that none did'],
    [
      '--previous FILE',
      'evidence.json of an earlier report; sub-processors that differ are printed, and listed in the documents',
    ],
    ['--fail-on-change', 'exit with 1 if sub-processors differ from those of --previous'],
    ['--date YYYY-MM-DD', 'day by which expiry and age are checked; default: today in UTC'],
    [
      '--config FILE',
      'residency.yaml, for organisation, boundary, exceptions and places; default: residency.yaml, if it exists',
    ],
    ['--exceptions FILE', 'residency-exceptions.yaml, for its exceptions, places and boundaries'],
    [
      '--sign FILE|kms:ARN',
      'also write evidence.intoto.jsonl, a DSSE envelope with an in-toto statement over the SHA-256 of each file: by a private key in PEM (Ed25519 or P-256), or by a P-256 key of AWS KMS inside the boundary',
    ],
    [
      '--live',
      'also what the account has now, each row with the time: the checks of doctor, and the principals that can decrypt with each key',
    ],
    [
      '--drill FILE',
      'also what a drill of a provider measured, from the report that drill --provider writes with --out; may be repeated',
    ],
    [
      '--key FILE',
      'with verify: the public key of the signer in PEM; with join, once for each signer: each report must be signed by one of them',
    ],
    [
      'DIR',
      'with verify: the folder of the report; default: residency-report; with join: the folders of at least two, each with an evidence.json',
    ],
    ['--boundary eu|eea|DE,FR', 'the boundary without a configuration; default: eu'],
  ],
  notes: [
    'The command calls AWS only for --live and --sign kms:ARN. Without --live, the same assembly, version, configuration, drills and date give the same bytes.',
    'The documents are drafts for the controller: GDPR Articles 13, 15 to 20, 28, 30 and 35, transfers, the AI Act, and a sheet for ' +
      "workers' representatives. What only the controller can say is marked.",
    'join takes --out, --format (html, json, markdown, csv, oscal), --language, --key and --sign. It reads no assembly and calls no account but for --sign kms:ARN. The reports must have one boundary, version and state of facts, and each an account of its own, which its stacks name.',
    'Each row has a criterion, a status (ok, attention, failed or unknown), a reason, a remedy, a pointer into the template, a basis and a date.',
  ],
  examples: [
    'report cdk.out --out evidence',
    'report --format json --date 2026-11-30',
    'report --documents fr --previous old.json --fail-on-change',
    'report verify evidence --key officer.pub',
    'report join sciences law --out all',
  ],
  exitCodes: [
    [0, 'the report is written, and no row failed; every file is as it was signed'],
    [
      1,
      'the report is written, and at least one row failed, or a sub-processor differs with --fail-on-change; a file was altered, removed or added, or the signature is invalid',
    ],
    [
      2,
      "an input can't be read, or the command line is invalid; if the assembly itself can't be read, or a report can't be joined, no report is written",
    ],
  ],
};

/** Runs `report`; the exit code. */
export async function report(args: readonly string[], now = new Date()): Promise<number> {
  if (args[0] === 'verify') return verifyReport(args.slice(1));
  if (args[0] === 'join') return joinReport(args.slice(1));
  const command = readReportCommand(args, now);
  refuseUnwritableFolder('--out', command.out);
  const { evidence, boundary, unreadable, ...configured } = await evidenceOf(command);
  const previous = command.previous === undefined ? undefined : previousReport(command.previous);
  const files = [
    ...command.formats.flatMap((format) => EVIDENCE_FORMATS[format](evidence, command.language)),
    ...reportDocuments(evidence, { ...command, ...configured }, previous),
  ];
  const signature = command.sign === undefined ? [] : [await signed(evidence, files, command.sign, boundary)];
  writeFiles(command.out, [...files, ...signature]);
  const { ok, attention, failed, unknown } = evidence.head.summary;
  print(`${ok} ok, ${attention} attention, ${failed} failed, ${unknown} unknown`);
  const changes = previous === undefined ? [] : changeLines(previous, evidence);
  for (const line of changes) print(line);
  for (const line of unreadable) printError(line);
  if (unreadable.length > 0) return 2;
  return failed > 0 || (command.failOnChange && changes.length > 0) ? 1 : 0;
}

async function signed(evidence: Evidence, files: readonly EvidenceFile[], by: string, boundary: ResidencyBoundary) {
  const { signatureOf } = require('../../evidence/sign/sign-files') as typeof import('../../evidence/sign/sign-files');
  return signatureOf(evidence, files, await signerOf(by, boundary));
}
