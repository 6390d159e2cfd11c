import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { branchKeyStoreName } from '../../contract/branch-key-store';
import type { KeyStoreOptions } from '../workspace/keyring/key-store';

type Row = Readonly<Record<string, AttributeValue>>;

/**
 * Converts a row of a key store for another key store of the same workspace: the same version of the same branch key, encrypted under
 * the other store's key. The encryption context is the one with which the AWS Encryption SDK reads a row: its attributes, and the
 * store's logical name.
 */
export async function rewrapped(row: Row, from: KeyStoreOptions, to: KeyStoreOptions): Promise<Row> {
  const { Plaintext } = await from.key.client.send(
    new DecryptCommand({ KeyId: from.key.arn, CiphertextBlob: row.enc?.B, EncryptionContext: contextOf(row, from) }),
  );
  const own = { ...row, 'kms-arn': { S: to.key.arn } };
  try {
    const { CiphertextBlob } = await to.key.client.send(
      new EncryptCommand({ KeyId: to.key.arn, Plaintext, EncryptionContext: contextOf(own, to) }),
    );
    if (CiphertextBlob === undefined) throw new Error('KMS encrypted nothing; try again');
    return { ...own, enc: { B: CiphertextBlob } };
  } finally {
    Plaintext?.fill(0);
  }
}

const contextOf = (row: Row, { workspace }: KeyStoreOptions): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(row).flatMap(([name, { S, N }]) => (name === 'enc' ? [] : [[name, S ?? N ?? '']])),
  ),
  tablename: branchKeyStoreName(workspace),
});
