import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { EXPIRY_TAG } from '../../../contract/expiry-tag';

/** What is too large for a row of the table, in the workspace's bucket. It holds nothing that isn't encrypted. */
export class ContentObjects {
  /** @param expires whether what is put goes once the workspace's period is over; what doesn't stays until it is deleted */
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

  /** What is under a key; none if it is gone. */
  public async get(key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand({ Bucket: this.bucket, Key: key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey || (error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  }

  /** Deletes what is under a key, if there is anything. */
  public async delete(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key }));
  }
}
