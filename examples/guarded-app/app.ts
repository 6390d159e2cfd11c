import path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnDistribution } from 'aws-cdk-lib/aws-cloudfront';
import { CfnGlobalTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { ResidencyDeclarations, ResidencyGuard } from 'cdk-eu-residency';

// An app as it was, and two lines that guard it from today on.
const app = new App();
ResidencyGuard.enforce(app, {
  declarations: ResidencyDeclarations.fromFile(path.join(__dirname, 'residency-exceptions.yaml')),
  baseline: path.join(__dirname, 'residency-baseline.json'),
});

const stack = new Stack(app, 'Shop', { env: { region: 'eu-west-1' } });

// Known, to be fixed: it is in the baseline.
new CfnGlobalTable(stack, 'Sessions', {
  keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
  attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
  billingMode: 'PAY_PER_REQUEST',
  streamSpecification: { streamViewType: 'NEW_AND_OLD_IMAGES' },
  replicas: [{ region: 'eu-west-1' }, { region: 'us-east-1' }],
});

// Allowed on purpose: public images hold no personal data. It is in residency-exceptions.yaml.
const images = new CfnBucket(stack, 'Images');
new CfnDistribution(stack, 'Distribution', {
  distributionConfig: {
    enabled: true,
    origins: [{ id: 'images', domainName: images.attrRegionalDomainName, s3OriginConfig: {} }],
    defaultCacheBehavior: { targetOriginId: 'images', viewerProtocolPolicy: 'https-only' },
  },
});
