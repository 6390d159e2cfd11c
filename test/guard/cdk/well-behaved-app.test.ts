import { App, CustomResource, Duration, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EndpointType, LambdaRestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { ApplicationLoadBalancedFargateService } from 'aws-cdk-lib/aws-ecs-patterns';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { DeliveryStream, S3Bucket } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFn, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  AuroraPostgresEngineVersion,
  ClusterInstance,
  DatabaseCluster,
  DatabaseClusterEngine,
} from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { readAssembly } from '@/lib/guard/assembly/read-assembly';
import { checkApp } from '@/lib/guard/cdk/check-app';
import { checkInputs } from '@/lib/guard/check/check-inputs';
import { freshFolder } from './fresh-folder';

const env = { region: 'eu-central-1', account: '111122223333' };

/** The parts of most apps, in their authors' usual style. */
function app(): App {
  const root = new App({ outdir: freshFolder(), builtinCloudFormationValidation: false });
  const stack = new Stack(root, 'Shop', { env });
  const vpc = new Vpc(stack, 'Vpc', { availabilityZones: ['eu-central-1a', 'eu-central-1b'] });
  const logs = new Bucket(stack, 'Logs');
  const bucket = new Bucket(stack, 'Files', {
    encryptionKey: new Key(stack, 'Key'),
    serverAccessLogsBucket: logs,
    autoDeleteObjects: true,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const fn = new LambdaFn(stack, 'Fn', {
    code: Code.fromInline('exports.h = () => 1'),
    handler: 'i.h',
    runtime: Runtime.NODEJS_22_X,
    vpc,
    environment: { REGION: stack.region, BUCKET: bucket.bucketName },
  });
  bucket.grantReadWrite(fn);
  new TableV2(stack, 'Table', { partitionKey: { name: 'pk', type: AttributeType.STRING } }).grantReadWriteData(fn);
  new LambdaRestApi(stack, 'Api', { handler: fn, endpointTypes: [EndpointType.REGIONAL] });
  new HttpApi(stack, 'Http');
  const topic = new Topic(stack, 'Topic');
  topic.addSubscription(new SqsSubscription(new Queue(stack, 'Queue')));
  topic.addSubscription(new EmailSubscription('ops@example.eu'));
  new Rule(stack, 'Hourly', { schedule: Schedule.rate(Duration.hours(1)), targets: [new LambdaFunction(fn)] });
  const step = new LambdaInvoke(stack, 'Step', { lambdaFunction: fn });
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(step) });
  new UserPool(stack, 'Users').addDomain('Login', { cognitoDomain: { domainPrefix: 'shop-login' } });
  new AwsCustomResource(stack, 'Call', {
    onCreate: { service: 'S3', action: 'listBuckets', physicalResourceId: PhysicalResourceId.of('x') },
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
    installLatestAwsSdk: false,
  });
  new CustomResource(stack, 'Custom', {
    serviceToken: new Provider(stack, 'Provider', { onEventHandler: fn }).serviceToken,
  });
  new BucketDeployment(stack, 'Deployment', { sources: [Source.data('a.txt', 'x')], destinationBucket: bucket });
  new DeliveryStream(stack, 'Stream', { destination: new S3Bucket(bucket) });
  const nested = new NestedStack(stack, 'Nested');
  new Bucket(nested, 'Inner', { serverAccessLogsBucket: logs });
  new Bucket(new NestedStack(nested, 'Deeper'), 'Innermost', { serverAccessLogsBucket: logs });

  const other = new Stack(root, 'Backend', { env });
  new ApplicationLoadBalancedFargateService(other, 'Service', {
    vpc,
    taskImageOptions: { image: ContainerImage.fromRegistry('public.ecr.aws/docker/library/nginx:1') },
  });
  new DatabaseCluster(other, 'Database', {
    engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_16_4 }),
    vpc,
    writer: ClusterInstance.serverlessV2('writer'),
  });
  new Bucket(other, 'Reports', { serverAccessLogsBucket: logs });
  return root;
}

const root = app();
root.synth();

test('an app inside the boundary has no finding at synth', () => {
  const { resources, findings } = checkApp(root, { boundary: ResidencyBoundary.eu() });
  expect(findings).toEqual([]);
  expect(resources).toBeGreaterThan(100);
});

test('an app inside the boundary has no finding in the command', () => {
  const { findings } = checkInputs(readAssembly(root.outdir), { boundary: ResidencyBoundary.eu(), deployRegions: [] });
  expect(findings).toEqual([]);
});
