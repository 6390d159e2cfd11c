import type { KeyObject } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { NamedPart } from '../../evidence/join/not-joinable';
import { visible } from '../../html/visible';
import { bytesOf } from './bytes-of';

/**
 * The report in a folder, for `report join`.
 *
 * @param keys the signers' public keys; one of them must have signed the report, unless there are none
 * @returns the report, or why it can't be joined
 */
export function readReport(folder: string, keys: readonly KeyObject[]): NamedPart | string {
  const { readPart } = require('../../evidence/join/read-part') as typeof import('../../evidence/join/read-part');
  const name = visible(folder);
  const bytes = bytesOf(path.join(folder, 'evidence.json'));
  if (bytes === undefined)
    return `${name}: no evidence.json can be read there; name the folder of a report with the format json`;
  const signer = keys.length === 0 ? undefined : signerOfFolder(folder, keys);
  if (signer !== undefined && 'refusal' in signer) return `${name}: ${signer.refusal}`;
  const part = readPart(bytes, signer?.keyId);
  return typeof part === 'string' ? `${name}: ${part}` : { ...part, name };
}

/** The key that signed the files of a report as they are, or why none did. */
function signerOfFolder(
  folder: string,
  keys: readonly KeyObject[],
): { readonly keyId: string } | { readonly refusal: string } {
  const { keyIdOf } = require('../../evidence/sign/keys') as typeof import('../../evidence/sign/keys');
  const { SIGNATURE_FILE } =
    require('../../evidence/sign/sign-files') as typeof import('../../evidence/sign/sign-files');
  const { verifyFiles } =
    require('../../evidence/sign/verify-files') as typeof import('../../evidence/sign/verify-files');
  const signature = bytesOf(path.join(folder, SIGNATURE_FILE))?.toString();
  if (signature === undefined) {
    return { refusal: `it has no ${SIGNATURE_FILE}; have it written with --sign, or join all reports without --key` };
  }
  const names = readdirSync(folder).filter((one) => one !== SIGNATURE_FILE);
  const refusals: string[] = [];
  for (const key of keys) {
    const result = verifyFiles(signature, key, names, (one) => bytesOf(path.join(folder, one)));
    if (result.kind === 'refused') {
      refusals.push(result.reason);
      continue;
    }
    if (result.differences.length === 0) return { keyId: keyIdOf(key) };
    const files = result.differences.map(({ kind, name }) => `${kind} ${visible(name)}`).join(', ');
    return { refusal: `its files aren't as they were signed (${files}); ask the signer for the whole folder again` };
  }
  return { refusal: `no key of --key signed it (${[...new Set(refusals)].join('; ')}); name its signer's public key` };
}
