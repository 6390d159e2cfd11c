import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { testClass } from './test-class';

const IMAGE = '763104351884.dkr.ecr.us-east-1.amazonaws.com/pytorch-inference:2.6-gpu';
const DATA = 'https://jumpstart-cache-prod-us-east-1.s3.us-east-1.amazonaws.com/model.tar.gz';
const S3 = 's3://jumpstart-cache-prod-us-east-1/model/';
const ROLE = 'arn:aws:iam::111122223333:role/sagemaker';

const model = (PrimaryContainer: object, more = {}) => ({
  type: 'AWS::SageMaker::Model',
  properties: { ExecutionRoleArn: ROLE, PrimaryContainer, ...more },
});

testClass('images and model data that SageMaker downloads', {
  leaks: {
    'a variable of a container': model({ Image: IMAGE, Environment: { REGION: 'us-east-1' } }),
    'a variable that is called like an image': model({ Environment: { Image: IMAGE } }),
    'a variable that is called like model data': model({ Environment: { ModelDataUrl: DATA } }),
    "a role's session in Virginia": model({ Image: 'x', ModelPackageName: 'arn:aws:sns:us-east-1:111122223333:t' }),
    'results of requests in Virginia': {
      type: 'AWS::SageMaker::EndpointConfig',
      properties: {
        ProductionVariants: [],
        AsyncInferenceConfig: { OutputConfig: { S3OutputPath: 's3://results-us-east-1/out' } },
      },
    },
    'captured data in Virginia': {
      type: 'AWS::SageMaker::EndpointConfig',
      properties: { DataCaptureConfig: { EnableCapture: true, DestinationS3Uri: 's3://capture-us-east-1/out' } },
    },
    'messages about results in Virginia': {
      type: 'AWS::SageMaker::EndpointConfig',
      properties: {
        AsyncInferenceConfig: {
          OutputConfig: { NotificationConfig: { SuccessTopic: 'arn:aws:sns:us-east-1:111122223333:done' } },
        },
      },
    },
    'reports of a monitor in Virginia': {
      type: 'AWS::SageMaker::DataQualityJobDefinition',
      properties: {
        DataQualityAppSpecification: { ImageUri: IMAGE },
        DataQualityJobOutputConfig: { MonitoringOutputs: [{ S3Output: { S3Uri: 's3://reports-us-east-1/x' } }] },
      },
    },
    'a setting of a monitor': {
      type: 'AWS::SageMaker::DataQualityJobDefinition',
      properties: { DataQualityAppSpecification: { ImageUri: IMAGE, Environment: { publish: 'us-east-1' } } },
    },
    'model data of a custom resource': {
      type: 'Custom::Model',
      properties: { ServiceToken: 'arn:aws:lambda:eu-central-1:111122223333:function:f', ModelDataUrl: DATA },
    },
    'a function with the host of model data': {
      type: 'AWS::Lambda::Function',
      properties: { Environment: { Variables: { MODEL_DATA_URL: DATA } } },
    },
    'a repository in Virginia, which code can be pushed to': {
      type: 'AWS::SageMaker::CodeRepository',
      properties: { GitConfig: { RepositoryUrl: 'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/code' } },
    },
  },
  nearMisses: {
    'an image and model data of a model': model({ Image: IMAGE, ModelDataUrl: DATA }),
    'model data in S3': model({
      Image: IMAGE,
      ModelDataSource: { S3DataSource: { S3Uri: S3, S3DataType: 'S3Prefix', CompressionType: 'None' } },
    }),
    'additional model data': model({
      Image: IMAGE,
      AdditionalModelDataSources: [{ ChannelName: 'draft', S3DataSource: { S3Uri: S3, S3DataType: 'S3Prefix' } }],
    }),
    'images of several containers': {
      type: 'AWS::SageMaker::Model',
      properties: { ExecutionRoleArn: ROLE, Containers: [{ Image: IMAGE, ModelDataUrl: DATA }, { Image: IMAGE }] },
    },
    'an image of a monitor': {
      type: 'AWS::SageMaker::DataQualityJobDefinition',
      properties: {
        DataQualityAppSpecification: {
          ImageUri: IMAGE,
          RecordPreprocessorSourceUri: 's3://sagemaker-us-east-1/preprocess.py',
        },
      },
    },
    'an image of Studio': {
      type: 'AWS::SageMaker::ImageVersion',
      properties: { ImageName: 'studio', BaseImage: IMAGE },
    },
    'images of an algorithm and a package': {
      type: 'AWS::SageMaker::ModelPackage',
      properties: { InferenceSpecification: { Containers: [{ Image: IMAGE, ModelDataUrl: DATA }] } },
    },
    'an image of a training job': {
      type: 'AWS::SageMaker::Algorithm',
      properties: { TrainingSpecification: { TrainingImage: IMAGE } },
    },
    'a start script of a cluster': {
      type: 'AWS::SageMaker::Cluster',
      properties: { InstanceGroups: [{ LifeCycleConfig: { SourceS3Uri: 's3://sagemaker-us-east-1/scripts' } }] },
    },
    'an image of a batch job with several nodes': {
      type: 'AWS::Batch::JobDefinition',
      properties: { Type: 'multinode', NodeProperties: { NodeRangeProperties: [{ Container: { Image: IMAGE } }] } },
    },
    'an image of an agent': {
      type: 'AWS::BedrockAgentCore::Runtime',
      properties: { AgentRuntimeArtifact: { ContainerConfiguration: { ContainerUri: IMAGE } } },
    },
  },
});

test("a model's image is information", () => {
  const { findings } = checkTemplate(
    { Resources: { Subject: { Type: 'AWS::SageMaker::Model', Properties: { PrimaryContainer: { Image: IMAGE } } } } },
    { boundary: ResidencyBoundary.eu(), stack: 'test', deployRegion: 'eu-central-1' },
  );
  expect(findings.map(({ level, path }) => `${level} ${path}`)).toEqual(['info /Properties/PrimaryContainer/Image']);
});
