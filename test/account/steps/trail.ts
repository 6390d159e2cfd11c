import assert from 'node:assert/strict';
import { GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { GetObjectRetentionCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { FOUNDATION } from '../../deploy/read-back/context';
import { requireDeployment, type Step } from '../step';

export const trail: Step = {
  id: 'trail',
  does: 'Reads that the trail delivers files and digests to the evidence bucket, and how long they are locked. Changes nothing.',
  hours: 2,
  after: { step: 'deploy', hours: 2 },
  async run({ report, aws, onlyAws }, given) {
    const deployment = requireDeployment(given);
    const Name = deployment.deployed.one('AWS::CloudTrail::Trail', FOUNDATION).physicalId;
    const Bucket = deployment.deployed.one('AWS::S3::Bucket', `${FOUNDATION}/Evidence`).physicalId;
    await report.check('the trail is on', async () => {
      assert.equal((await aws.cloudTrail.send(new GetTrailStatusCommand({ Name }))).IsLogging, true);
    });
    await onlyAws('it delivered files and digests without an error', async () => {
      const status = await aws.cloudTrail.send(new GetTrailStatusCommand({ Name }));
      assert.equal(status.LatestDeliveryError || undefined, undefined);
      assert.equal(status.LatestDigestDeliveryError || undefined, undefined);
      assert.ok(status.LatestDeliveryTime && status.LatestDigestDeliveryTime, 'nothing is delivered yet');
    });
    await onlyAws('a digest is locked for a year', async () => {
      const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket }));
      const Key = Contents.map((one) => one.Key ?? '').find((key) => key.includes('CloudTrail-Digest'));
      assert.ok(Key, 'there is no digest');
      const { Retention } = await aws.s3.send(new GetObjectRetentionCommand({ Bucket, Key }));
      const days = ((Retention?.RetainUntilDate?.getTime() ?? 0) - Date.now()) / 86_400_000;
      assert.ok(days > 300, `${days} days`);
      return `${Retention?.Mode}, ${days.toFixed(0)} days`;
    });
    return deployment;
  },
};
