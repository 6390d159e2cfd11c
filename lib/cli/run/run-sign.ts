import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { parseArn } from '../../boundary/arn-parts';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideRegion } from '../../boundary/region';
import type { Signer } from '../../evidence/sign/dsse';
import { keyIdOf } from '../../evidence/sign/keys';
import { clientSettings } from '../aws/caller';
import { signIn } from '../aws/sign-in';
import { UsageError } from '../shared/usage-error';

const ALGORITHM = 'ECDSA_SHA_256';

/**
 * A signer with a key of AWS KMS, which must be inside the boundary.
 *
 * @throws UsageError if it can't sign
 */
export async function kmsSigner(
  arn: string,
  boundary: ResidencyBoundary,
  environment: NodeJS.ProcessEnv = process.env,
  timeoutMs = 5_000,
): Promise<Signer> {
  const { service, region = '' } = parseArn(arn) ?? {};
  if (service !== 'kms') throw new UsageError("--sign: after 'kms:', name the ARN of a key");
  const decision = decideRegion(boundary, region);
  if (!decision.inside) throw new UsageError(`--sign: ${decision.detail}`);
  const caller = await signIn({ boundary, environment, timeoutMs }, region);
  const client = new KMSClient(clientSettings(caller, 'kms', region));
  const { PublicKey = new Uint8Array(), SigningAlgorithms = [] } = await client
    .send(new GetPublicKeyCommand({ KeyId: arn }))
    .catch((error: Error) => refuse(error, 'kms:GetPublicKey'));
  if (!SigningAlgorithms.includes(ALGORITHM)) {
    throw new UsageError('--sign: the key of KMS is of another kind; use one with key spec ECC_NIST_P256 for signing');
  }
  const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
  return {
    keyId: keyIdOf(key),
    sign: async (message) => {
      // The message can be longer than the 4,096 bytes that KMS hashes itself.
      const digest = createHash('sha256').update(message).digest();
      const { Signature = new Uint8Array() } = await client
        .send(new SignCommand({ KeyId: arn, Message: digest, MessageType: 'DIGEST', SigningAlgorithm: ALGORITHM }))
        .catch((error: Error) => refuse(error, 'kms:Sign'));
      return Buffer.from(Signature);
    },
  };
}

function refuse({ name }: Error, action: string): never {
  throw new UsageError(
    `--sign: KMS refused (${name}), so nothing was signed; allow your user or role to call ${action}`,
  );
}
