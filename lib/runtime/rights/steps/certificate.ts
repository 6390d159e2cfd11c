import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { certificatesPrefix } from '../../../contract/objects';
import type { Job } from '../jobs/job';
import type { RightsParts } from './parts';
import { KEY_BACKUP_MS, TABLE_BACKUP_MS } from './windows';

type EvidenceParts = Pick<RightsParts, 'workspace' | 'evidence'>;

/** A certificate in the bucket of evidence. */
export interface StoredCertificate {
  readonly key: string;
  /** The digest of the stored text, in hexadecimal. */
  readonly sha256: string;
}

/** The certificate of an erasure. It is the same for the same job, so that writing it may be repeated. */
function erasureCertificate(job: Job, hasRecovery: boolean, workspace: string): object {
  const { id, user, by, at, counts, figures } = job;
  const time = (name: string) => new Date(Number(figures[name])).toISOString();
  const emptied = Number(figures.emptiedAt);
  return {
    certificate: 'erasure of one user',
    version: 1,
    workspace,
    user,
    erasure: id,
    requested: { by, at: new Date(at).toISOString() },
    erased: {
      // The numbers of each kind when the erasure began, and what requests in progress added afterwards.
      counts: Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))),
      keyErasedAt: time('keyErasedAt'),
      keyForgottenAt: time('forgottenAt'),
    },
    copies: {
      table: {
        what: 'point-in-time recovery of the table of content: ciphertexts without a key',
        lastExpires: new Date(emptied + TABLE_BACKUP_MS).toISOString(),
      },
      bucket: {
        what: 'every version of every object was deleted, so there is no copy',
        lastExpires: time('emptiedAt'),
      },
      keyStore: {
        what: 'point-in-time recovery of the key store, which has no other backup; over when this was written',
        lastExpires: time('readyAt'),
      },
      ...(hasRecovery && {
        recovery: {
          what: 'the copies in the recovery Region: rows and every version of every object were deleted there too, and then its key',
          keyErasedAt: time('recoveryKeyErasedAt'),
          tableLastExpires: new Date(Number(figures.recoveryEmptiedAt) + TABLE_BACKUP_MS).toISOString(),
          bucketLastExpires: time('recoveryEmptiedAt'),
          keyStoreLastExpires: new Date(Number(figures.recoveryForgottenAt) + KEY_BACKUP_MS).toISOString(),
        },
      }),
      usage: {
        what: 'point-in-time recovery of the table of tokens used by day: a number by the id of the user, under no key of theirs',
        lastExpires: new Date(emptied + TABLE_BACKUP_MS).toISOString(),
      },
    },
    test: {
      what: 'random bytes that were encrypted under the key before its end',
      ciphertextSha256: figures.canarySha256,
      decryptedAt: time('canaryAt'),
      refusedAt: time('refusedAt'),
      ...(hasRecovery && {
        recovery: {
          // Absent when the user's key hadn't been copied there yet.
          ...(figures.recoveryDecryptedAt !== undefined && { decryptedAt: time('recoveryDecryptedAt') }),
          refusedAt: time('recoveryRefusedAt'),
        },
      }),
    },
  };
}

/** Stores the certificate of an erasure, once: a repetition finds the same text. */
export const storeErasureCertificate = (
  job: Job,
  hasRecovery: boolean,
  evidence: EvidenceParts,
): Promise<StoredCertificate> =>
  storeCertificate(erasureCertificate(job, hasRecovery, evidence.workspace), job.id, evidence);

/** Stores a certificate under a name that is never overwritten. */
export async function storeCertificate(
  content: object,
  name: string,
  { workspace, evidence }: EvidenceParts,
): Promise<StoredCertificate> {
  const text = Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`);
  const key = `${certificatesPrefix(workspace)}${name}.json`;
  try {
    await evidence.client.send(
      new PutObjectCommand({
        Bucket: evidence.name,
        Key: key,
        Body: text,
        ContentLength: text.length,
        ContentType: 'application/json',
        IfNoneMatch: '*',
      }),
    );
  } catch (error) {
    if ((error as Error).name !== 'PreconditionFailed') throw error;
  }
  return { key, sha256: createHash('sha256').update(text).digest('hex') };
}
