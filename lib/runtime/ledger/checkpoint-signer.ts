import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { type LedgerKey, ledgerKey } from '../../ledger/keys';
import { noteText } from '../../ledger/note';
import { signatureOf, signedBy } from '../../ledger/signatures';

/** Signs checkpoints with a key of KMS, which never leaves it. */
export class CheckpointSigner {
  private constructor(
    private readonly client: Pick<KMSClient, 'send'>,
    private readonly keyArn: string,
    public readonly key: LedgerKey,
  ) {}

  /** @param origin the name of the log, and of its key */
  public static async open(client: Pick<KMSClient, 'send'>, keyArn: string, origin: string): Promise<CheckpointSigner> {
    const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyArn }));
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
    return new CheckpointSigner(client, keyArn, ledgerKey(origin, 'log', publicKey));
  }

  /**
   * A checkpoint's text as a signed note.
   *
   * @throws if KMS's signature isn't one of the text by the key: what is written can't be replaced
   */
  public async sign(text: string): Promise<Buffer> {
    const { Signature = new Uint8Array() } = await this.client.send(
      new SignCommand({
        KeyId: this.keyArn,
        Message: Buffer.from(text),
        MessageType: 'RAW',
        SigningAlgorithm: 'ED25519_SHA_512',
      }),
    );
    const note = { text, signatures: [signatureOf(this.key, Buffer.from(Signature), 0)] };
    const signed = signedBy(this.key, note);
    if (!signed.isSigned) throw new Error(`the new checkpoint isn't written: ${signed.why}; the hour is tried again`);
    return Buffer.from(noteText(note));
  }
}
