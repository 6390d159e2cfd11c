import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { visible } from '../../html/visible';
import { print, printError } from '../shared/print';
import { UsageError } from '../shared/usage-error';
import { bytesOf } from './bytes-of';
import { readKey, withReason } from './signer-of';

const OPTIONS = { key: { type: 'string' } } as const;

const AGAIN = 'ask the signer for the whole folder and the public key again';

/** Runs `report verify`; the exit code. */
export function verifyReport(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [folder = 'residency-report', ...others] = positionals;
  if (others.length > 0) throw new UsageError(`report verify takes one folder, found ${positionals.length}`);
  if (values.key === undefined) throw new UsageError('report verify needs --key FILE, the public key of the signer');
  const { publicKeyOf } = require('../../evidence/sign/keys') as typeof import('../../evidence/sign/keys');
  const { SIGNATURE_FILE } =
    require('../../evidence/sign/sign-files') as typeof import('../../evidence/sign/sign-files');
  const { verifyFiles } =
    require('../../evidence/sign/verify-files') as typeof import('../../evidence/sign/verify-files');
  const pem = readKey('--key', values.key);
  const key = withReason('--key', () => publicKeyOf(pem));
  const signature = path.join(folder, SIGNATURE_FILE);
  if (!existsSync(signature)) {
    throw new UsageError(
      `the folder has no ${SIGNATURE_FILE}; name the folder of a report that was written with --sign`,
    );
  }
  const names = readdirSync(folder).filter((name) => name !== SIGNATURE_FILE);
  const result = verifyFiles(readFileSync(signature, 'utf8'), key, names, (name) => bytesOf(path.join(folder, name)));
  if (result.kind === 'refused') {
    printError(`not verified: ${result.reason}; ${AGAIN}`);
    return 1;
  }
  for (const { kind, name } of result.differences) printError(`${kind}: ${visible(name)}`);
  if (result.differences.length > 0) {
    printError(`not verified: the files above aren't as they were signed; ${AGAIN}`);
    return 1;
  }
  print(`verified: ${result.files} files are as they were signed`);
  return 0;
}
