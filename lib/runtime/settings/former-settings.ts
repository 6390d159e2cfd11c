import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { formerSettingsKey } from '../../contract/objects';

/**
 * Keeps retention modes as they were before they were changed: in a bucket whose versions nobody can delete, one object a
 * Region, so that its function needs no right to any other.
 */
export class FormerSettings {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
    private readonly now: () => Date = () => new Date(),
  ) {}

  public async keep(region: string, mode: string): Promise<void> {
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
