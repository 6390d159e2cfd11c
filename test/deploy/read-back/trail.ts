import assert from 'node:assert/strict';
import { GetEventSelectorsCommand, GetTrailCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import type { Deployed } from '../harness/deployed';
import { ACCOUNT } from '../harness/emulator';
import { arnOfKey } from './arn';
import { type Context, FOUNDATION } from './context';

/** The trail is on, collects the events of all Regions under the evidence key, and includes operations on items and objects. */
export async function trail({ report, aws, deployed }: Context): Promise<void> {
  const Name = deployed.one('AWS::CloudTrail::Trail', FOUNDATION).physicalId;
  await report.check(
    'trail: its home Region is eu-central-1, and it writes validated logs of all Regions to the locked bucket under the evidence key',
    async () => {
      const { Trail } = await aws.cloudTrail.send(new GetTrailCommand({ Name }));
      // IAM's events arise in another Region and are delivered to this one.
      assert.equal(Trail?.IsMultiRegionTrail, true);
      assert.equal(Trail?.IncludeGlobalServiceEvents, true);
      assert.equal(Trail?.HomeRegion, 'eu-central-1');
      assert.equal(Trail?.LogFileValidationEnabled, true);
      assert.equal(Trail?.KmsKeyId, arnOfKey(deployed, `${FOUNDATION}/EvidenceKey`));
      assert.equal(Trail?.S3BucketName, deployed.one('AWS::S3::Bucket', `${FOUNDATION}/Evidence`).physicalId);
    },
  );
  await report.check('trail: logging is on', async () => {
    assert.equal((await aws.cloudTrail.send(new GetTrailStatusCommand({ Name }))).IsLogging, true);
  });
  await report.check(
    'trail: it records management events, and operations on items of tables and objects of buckets',
    async () => {
      const { AdvancedEventSelectors } = await aws.cloudTrail.send(new GetEventSelectorsCommand({ TrailName: Name }));
      const types = AdvancedEventSelectors?.flatMap(({ FieldSelectors }) =>
        (FieldSelectors ?? []).filter(({ Field }) => Field === 'resources.type').flatMap(({ Equals }) => Equals ?? []),
      );
      assert.deepEqual(types, ['AWS::DynamoDB::Table', 'AWS::S3::Object']);
      assert.equal(AdvancedEventSelectors?.length, 3);
      const starts = AdvancedEventSelectors?.flatMap(({ FieldSelectors }) =>
        (FieldSelectors ?? []).flatMap(({ StartsWith }) => StartsWith ?? []),
      );
      for (const arn of stores(deployed)) {
        assert.ok(
          starts?.some((start) => arn.startsWith(start)),
          `the trail doesn't select ${arn}`,
        );
      }
      return starts?.join(', ');
    },
  );
}

/** The ARNs of all tables and buckets of the primary Region, by the names that CloudFormation chose. */
const stores = (deployed: Deployed): string[] => [
  ...deployed
    .ofType('AWS::DynamoDB::GlobalTable')
    .map(({ physicalId }) => `arn:aws:dynamodb:eu-central-1:${ACCOUNT}:table/${physicalId}`),
  ...deployed.ofType('AWS::S3::Bucket').map(({ physicalId }) => `arn:aws:s3:::${physicalId}/`),
];
