import { ResidencyBoundary } from '../../boundary/boundary';
import { EVIDENCE_FORMATS } from '../../evidence/formats/formats';
import type { NamedPart } from '../../evidence/join/not-joinable';
import { print, printError } from '../shared/print';
import { refuseUnwritableFolder } from '../shared/writable';
import { readJoinCommand } from './join-options';
import { readReport } from './read-report';
import { readKey, signerOf, withReason } from './signer-of';
import { writeFiles } from './write-files';

/** Runs `report join`; the exit code. Nothing is written unless each report can be joined: a part must not pass for the whole. */
export async function joinReport(args: readonly string[]): Promise<number> {
  const command = readJoinCommand(args);
  refuseUnwritableFolder('--out', command.out);
  const { publicKeyOf } = require('../../evidence/sign/keys') as typeof import('../../evidence/sign/keys');
  const keys = command.keys.map((file) => {
    const pem = readKey('--key', file);
    return withReason('--key', () => publicKeyOf(pem));
  });
  const read = command.folders.map((folder) => readReport(folder, keys));
  const refusals = read.filter((one) => typeof one === 'string');
  if (refusals.length > 0) return refused(refusals);
  const parts = read as readonly NamedPart[] as readonly [NamedPart, ...NamedPart[]];
  const { whyNotJoinable } =
    require('../../evidence/join/not-joinable') as typeof import('../../evidence/join/not-joinable');
  const why = whyNotJoinable(parts);
  if (why !== undefined) return refused([why]);
  const { joinEvidence } =
    require('../../evidence/join/join-evidence') as typeof import('../../evidence/join/join-evidence');
  const evidence = joinEvidence(parts);
  const files = command.formats.flatMap((format) => EVIDENCE_FORMATS[format](evidence, command.language));
  const { signatureOf } = require('../../evidence/sign/sign-files') as typeof import('../../evidence/sign/sign-files');
  const signature =
    command.sign === undefined
      ? []
      : [
          await signatureOf(
            evidence,
            files,
            await signerOf(command.sign, ResidencyBoundary.parse(evidence.head.boundary.name)),
          ),
        ];
  writeFiles(command.out, [...files, ...signature]);
  const { ok, attention, failed, unknown } = evidence.head.summary;
  print(`${parts.length} accounts: ${ok} ok, ${attention} attention, ${failed} failed, ${unknown} unknown`);
  return failed > 0 ? 1 : 0;
}

function refused(reasons: readonly string[]): number {
  for (const reason of reasons) printError(reason);
  printError('no report is written');
  return 2;
}
