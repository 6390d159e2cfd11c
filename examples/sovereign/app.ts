import { Duration, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ConversationStore, FileStore, ResidencyApp, ResidencyBoundary, RetentionPeriod } from 'cdk-eu-residency';

// The facts name no model in the sovereign partition, so there is no gateway: stores, their key, and the guard.
const boundary = ResidencyBoundary.eu();
const app = new ResidencyApp({ boundary });
const stack = new Stack(app, 'Records', { env: { region: 'eusc-de-east-1' } });
// S3 writes access logs to buckets under its own key only. They name objects, and hold no content.
const accessLogBucket = new s3.Bucket(stack, 'AccessLogs', {
  encryption: s3.BucketEncryption.S3_MANAGED,
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  lifecycleRules: [{ expiration: Duration.days(90) }],
});
const retention = RetentionPeriod.days(365);
new ConversationStore(stack, 'Conversations', { boundary, retention });
new FileStore(stack, 'Files', { boundary, retention, accessLogBucket });
