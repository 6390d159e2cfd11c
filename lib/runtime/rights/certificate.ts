import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { certificatesPrefix } from '../../contract/objects';
import type { Job } from './job';
import { wentOn } from './recovery-steps';
import type { RightsOptions } from './rights-options';
import { KEY_BACKUP_MS, TABLE_BACKUP_MS } from './windows';

/** A certificate as it is kept. */
export interface WrittenCertificate {
  readonly key: string;
  /** Of the text that is kept, in hexadecimal. */
  readonly sha256: string;
}

/** What is certified of an erasure; the same for the same job, so that it may be written again. */
function certificateOf(job: Job, workspace: string): object {
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
      // How much there was of each kind when it began, and what requests that were under way then added.
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
      ...(wentOn(job) && {
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
      ...(wentOn(job) && {
        recovery: {
          // None when the user's key had not come there yet.
          ...(figures.recoveryDecryptedAt !== undefined && { decryptedAt: time('recoveryDecryptedAt') }),
          refusedAt: time('recoveryRefusedAt'),
        },
      }),
    },
  };
}

/** Writes a certificate to where evidence is kept, once: whoever comes again finds the same text there. */
export const writeCertificate = (
  job: Job,
  kept: Pick<RightsOptions, 'workspace' | 'evidence'>,
): Promise<WrittenCertificate> => keepCertificate(certificateOf(job, kept.workspace), job.id, kept);

/** Keeps what is certified, under a name that nothing is kept under twice. */
export async function keepCertificate(
  content: object,
  name: string,
  { workspace, evidence }: Pick<RightsOptions, 'workspace' | 'evidence'>,
): Promise<WrittenCertificate> {
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
