import { readFileSync } from 'node:fs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { Signer } from '../../evidence/sign/dsse';
import { UsageError } from '../shared/usage-error';

const KMS = /^kms:/;

/**
 * The signer that `--sign` names: a private key in a file, or a key of AWS KMS. The AWS SDK is loaded only for the latter.
 *
 * @throws UsageError if the key can't be used
 */
export async function signerOf(text: string, boundary: ResidencyBoundary): Promise<Signer> {
  if (KMS.test(text)) {
    const { kmsSigner } = require('../run/run-aws') as typeof import('../run/run-aws');
    return kmsSigner(text.replace(KMS, ''), boundary);
  }
  const { localSigner } = require('../../evidence/sign/keys') as typeof import('../../evidence/sign/keys');
  return withReason('--sign', () => localSigner(readKey('--sign', text)));
}

/** The content of a key's file. */
export function readKey(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`${option}: the file of the key can't be read (${code}); name a file in PEM`);
  }
}

/** Names the option in a refusal of a key. */
export function withReason<T>(option: string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    const { name, message } = error as Error;
    throw name === 'KeyError' ? new UsageError(`${option}: ${message}`) : error;
  }
}
