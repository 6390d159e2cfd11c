import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, Lazy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ResidencyKey } from '../keys/residency-key';
import { CertificateWriters } from './certificate-writers';
import { EvidenceBucket } from './evidence-bucket';
import type { FoundationProps } from './foundation-props';
import { LedgerWriters } from './ledger-writers';
import { DataEvents } from './recorded-stores';
import { Trail } from './trail';

/** The evidence of a foundation: the bucket that locks it, its key, and what writes into the bucket. */
export class FoundationEvidence {
  public readonly key: ResidencyKey;
  public readonly bucket: s3.IBucket;
  public readonly certificates: CertificateWriters;
  public readonly ledgerWriters: LedgerWriters;

  /** The ARN of the trail, which is the organization's if the foundation makes none. */
  public readonly trailArn: string;

  private readonly recordedRegions = new Set<string>();

  /** @param foundation the parent of all its constructs: their logical IDs contain no name of this class */
  constructor(foundation: Construct, accessLogBucket: s3.IBucket, props: FoundationProps) {
    const { boundary, organizationTrailArn } = props;
    this.key = new ResidencyKey(foundation, 'EvidenceKey', {
      boundary,
      description: `Evidence of ${foundation.node.path}`,
    });
    this.key._retainAlways();
    const { bucket, ledgerLock } = new EvidenceBucket(foundation, 'Evidence', {
      encryptionKey: this.key.key,
      accessLogBucket,
      retention: props.evidenceRetention ?? s3.ObjectLockRetention.governance(Duration.days(365)),
      // The trail needs the bucket first. That of an organization writes elsewhere.
      trailArn: organizationTrailArn === undefined ? Lazy.string({ produce: () => this.trailArn }) : undefined,
      ledgerRetention: props.ledgerRetention,
    });
    this.bucket = bucket;
    this.certificates = new CertificateWriters(bucket, this.key);
    this.ledgerWriters = new LedgerWriters(bucket, this.key, ledgerLock);
    this.trailArn = organizationTrailArn ?? this.addTrail(foundation, accessLogBucket, props);
  }

  /** Makes the trail record who used which table item in a Region of replicas. */
  public recordItemsIn(region: string): void {
    this.recordedRegions.add(region);
  }

  private addTrail(
    foundation: Construct,
    accessLogBucket: s3.IBucket,
    { dataEvents = DataEvents.DEPLOYMENT, storeNamePrefix }: FoundationProps,
  ): string {
    return new Trail(foundation, 'Trail', {
      bucket: this.bucket,
      encryptionKey: this.key,
      accessLogBucket,
      regions: this.recordedRegions,
      dataEvents,
      storeNamePrefix,
    }).trailArn;
  }
}
