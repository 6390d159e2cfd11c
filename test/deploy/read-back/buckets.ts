import assert from 'node:assert/strict';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import type { Aws } from '../harness/aws';
import { arnOfKey } from './arn';
import { type Context, FOUNDATION, WORKSPACE } from './context';
import { statementsOf } from './policy';

const FILES = `${WORKSPACE}/Files/Bucket`;
const EVIDENCE = `${FOUNDATION}/Evidence/Bucket`;
const ACCESS_LOGS = `${FOUNDATION}/AccessLogs`;

/** Rules besides those that every bucket has. */
const FURTHER: Readonly<Record<string, readonly object[]>> = {
  [FILES]: [{ id: 'Exports', days: 45, noncurrent: undefined }],
  [EVIDENCE]: [
    { id: 'FormerSettings', days: 365, noncurrent: undefined },
    { id: 'LedgerHours', days: 400, noncurrent: undefined },
    { id: 'LedgerCheckpoints', days: 400, noncurrent: undefined },
    { id: 'Certificates', days: 3_650, noncurrent: undefined },
  ],
  [ACCESS_LOGS]: [],
};

/** Three buckets, each in the home Region, encrypted, versioned and closed to the public, with expiring objects. */
export async function buckets({ report, aws, deployed }: Context): Promise<void> {
  const keyOf = {
    [FILES]: arnOfKey(deployed, `${WORKSPACE}/Key`),
    [EVIDENCE]: arnOfKey(deployed, `${FOUNDATION}/EvidenceKey`),
    [ACCESS_LOGS]: undefined,
  };
  await report.check("the account has only these buckets and the CLI's asset bucket", async () => {
    const { Buckets = [] } = await aws.s3.send(new ListBucketsCommand({}));
    const names = Object.keys(keyOf).map((under) => deployed.one('AWS::S3::Bucket', under).physicalId);
    const others = Buckets.flatMap(({ Name = '' }) => (names.includes(Name) ? [] : [Name]));
    assert.equal(Buckets.length - others.length, names.length);
    assert.match(others.join(' '), /^cdk-hnb659fds-assets-\d{12}-eu-central-1$/);
  });
  for (const [under, key] of Object.entries(keyOf)) {
    const Bucket = deployed.one('AWS::S3::Bucket', under).physicalId;
    await report.check(`${under}: the bucket is in eu-central-1`, async () => {
      const { LocationConstraint } = await aws.s3.send(new GetBucketLocationCommand({ Bucket }));
      assert.equal(LocationConstraint, 'eu-central-1');
    });
    await report.check(
      `${under}: objects are encrypted ${key ? 'with its key' : "with the service's own key, as log delivery requires"}`,
      async () => {
        const { ServerSideEncryptionConfiguration } = await aws.s3.send(new GetBucketEncryptionCommand({ Bucket }));
        const [rule] = ServerSideEncryptionConfiguration?.Rules ?? [];
        assert.equal(rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm, key ? 'aws:kms' : 'AES256');
        assert.equal(rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID, key);
      },
    );
    await report.check(`${under}: versioning is on`, async () => {
      assert.equal((await aws.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status, 'Enabled');
    });
    await report.check(`${under}: public access and ACLs are blocked`, async () => {
      const { PublicAccessBlockConfiguration } = await aws.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
      assert.deepEqual(PublicAccessBlockConfiguration, {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      const { OwnershipControls } = await aws.s3.send(new GetBucketOwnershipControlsCommand({ Bucket }));
      assert.deepEqual(OwnershipControls?.Rules, [{ ObjectOwnership: 'BucketOwnerEnforced' }]);
    });
    await report.check(`${under}: its policy refuses TLS older than 1.2${key ? ' and other keys' : ''}`, async () => {
      const { Policy } = await aws.s3.send(new GetBucketPolicyCommand({ Bucket }));
      const denied = statementsOf(JSON.parse(Policy ?? '')).filter(({ Effect }) => Effect === 'Deny');
      const conditions = denied.map(({ Condition }) => JSON.stringify(Condition));
      assert.ok(conditions.some((condition) => condition.includes('"aws:SecureTransport":"false"')));
      assert.ok(conditions.some((condition) => condition.includes('"s3:TlsVersion"')));
      if (key)
        assert.ok(
          conditions.some((condition) => condition.includes(key)),
          'no statement contains the key',
        );
    });
    await report.check(
      `${under}: objects expire after 365 days, the ledger after 400, certificates after ten years, noncurrent versions after 7`,
      async () => {
        assert.deepEqual(await lifecycle(aws, Bucket), [
          {
            id: 'Retention',
            days: 365,
            noncurrent: undefined,
            ...(under === FILES && { tag: 'residency-expires=yes' }),
          },
          ...(FURTHER[under] ?? []),
          { id: 'Remains', days: undefined, noncurrent: 7 },
        ]);
      },
    );
  }
  for (const under of [FILES, EVIDENCE]) {
    await report.check(`${under}: access to objects is logged`, async () => {
      const Bucket = deployed.one('AWS::S3::Bucket', under).physicalId;
      const { LoggingEnabled } = await aws.s3.send(new GetBucketLoggingCommand({ Bucket }));
      assert.equal(LoggingEnabled?.TargetBucket, deployed.one('AWS::S3::Bucket', ACCESS_LOGS).physicalId);
    });
  }
  await report.check(`${EVIDENCE}: objects can't be deleted or overwritten for 365 days`, async () => {
    const Bucket = deployed.one('AWS::S3::Bucket', EVIDENCE).physicalId;
    const { ObjectLockConfiguration } = await aws.s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
    assert.equal(ObjectLockConfiguration?.ObjectLockEnabled, 'Enabled');
    assert.deepEqual(ObjectLockConfiguration?.Rule?.DefaultRetention, { Mode: 'GOVERNANCE', Days: 365 });
  });
}

/** When objects and their noncurrent versions expire. */
export async function lifecycle(aws: Aws, Bucket: string) {
  const { Rules } = await aws.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  return (Rules ?? []).map((rule: LifecycleRule) => {
    assert.equal(rule.Status, 'Enabled');
    return {
      id: rule.ID,
      days: rule.Expiration?.Days,
      noncurrent: rule.NoncurrentVersionExpiration?.NoncurrentDays,
      ...(rule.Filter?.Tag && { tag: `${rule.Filter.Tag.Key}=${rule.Filter.Tag.Value}` }),
    };
  });
}
