import * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { certificatesPrefix } from '../../contract/objects';
import type { ResidencyKey } from '../keys/residency-key';
import { acknowledgeObjects } from '../shared/acknowledge-objects';
import { LaterWriters } from './later-writers';

/** The roles that write certificates into the evidence bucket. */
export class CertificateWriters {
  private readonly writers: LaterWriters;

  constructor(
    private readonly bucket: s3.IBucket,
    key: ResidencyKey,
  ) {
    this.writers = new LaterWriters(key, 'CertificatesAreWritten', ['kms:GenerateDataKey']);
  }

  /**
   * Grants writing the certificates of one workspace, and reading none.
   *
   * @param roleName the role's name, known at synthesis
   */
  public add(role: iam.Role, roleName: string, workspaceId: string): void {
    this.writers.add(role, roleName);
    const objects = [this.bucket.arnForObjects(`${certificatesPrefix(workspaceId)}*`)];
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:PutObject'], resources: objects }));
    acknowledgeObjects(role, objects, 'each erasure has its own certificate, below the prefix of its workspace');
  }
}
