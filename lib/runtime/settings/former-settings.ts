import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { formerSettingsKey } from '../../contract/objects';

/**
 * Stores the retention modes from before a change, in a bucket whose versions can't be deleted. Each Region has one object, so the
 * function needs no permission for any other.
 */
export class FormerSettings {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  public async store(region: string, mode: string): Promise<void> {
    const time = this.now().toISOString();
    await this.s3.send(
      new PutObjectCommand({
        Bucket: this.bucket,
        Key: formerSettingsKey(region),
        Body: JSON.stringify({
          setting: 'Bedrock account data retention mode',
          region,
          former: mode,
          set: 'none',
          time,
        }),
        ContentType: 'application/json',
      }),
    );
  }
}
