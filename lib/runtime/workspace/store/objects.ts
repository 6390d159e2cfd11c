import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { EXPIRY_TAG } from '../../../contract/expiry-tag';
import { CONTENT_PREFIX } from '../../../contract/objects';

/** The prefix in the bucket of all content of a user. */
export const contentPrefix = (user: string): string => `${CONTENT_PREFIX}${user}/`;

/** Content in the workspace's bucket that is too large for a row of the table. Every object is encrypted. */
export class ContentObjects {
  /** @param expires whether new objects expire with the workspace's retention period; others stay until they are deleted */
  constructor(
    private readonly client: Pick<S3Client, 'send'>,
    private readonly bucket: string,
    private readonly expires = false,
  ) {}

  public async put(key: string, body: Uint8Array): Promise<void> {
    const type = 'application/octet-stream';
    await this.client.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: key,
        Body: body,
        ContentLength: body.length,
        ContentType: type,
        ...(this.expires && { Tagging: `${EXPIRY_TAG.key}=${EXPIRY_TAG.value}` }),
      }),
    );
  }

  /** The object under a key; undefined if there is none. */
  public async get(key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey || (error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  /** Deletes the object under a key, if there is one. */
  public async delete(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }
}
