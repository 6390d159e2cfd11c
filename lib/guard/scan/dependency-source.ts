import type { Keys } from '../template/leaves';

/** Properties that set the source of code or a template: dependencies, which carry no data out of the deployment. */
const DEPENDENCY_SOURCES: Readonly<Record<string, RegExp>> = {
  'AWS::AppRunner::Service': /^\/Properties\/SourceConfiguration\/ImageRepository\/ImageIdentifier$/,
  'AWS::CloudFormation::Stack': /^\/Properties\/TemplateURL$/,
  'AWS::CloudFormation::StackSet': /^\/Properties\/TemplateURL$/,
  'AWS::CodeBuild::Project': /^\/Properties\/Environment\/Image$/,
  'AWS::Lambda::Function': /^\/Properties\/(?:Code\/(?:S3Bucket|ImageUri)|Layers\/\d+)$/,
  'AWS::Lambda::LayerVersion': /^\/Properties\/Content\/S3Bucket$/,
  'AWS::Serverless::Application': /^\/Properties\/Location(?:\/(?:ApplicationId|SemanticVersion))?$/,
  'AWS::Serverless::Function': /^\/Properties\/(?:CodeUri(?:\/Bucket)?|ImageUri|Layers\/\d+)$/,
  'AWS::Serverless::LayerVersion': /^\/Properties\/ContentUri(?:\/Bucket)?$/,
  'AWS::Synthetics::Canary': /^\/Properties\/Code\/S3Bucket$/,
};

/** Services whose images, and model data, CloudFormation names alike in all of their types. */
const RUNS_IMAGES = /^AWS::(?:Batch|BedrockAgentCore|CleanRoomsML|ECS|EMRServerless|GameLift|Lightsail|SageMaker)::/;
const IMAGE =
  /\/(?:(?:Base|Training)?Image|ImageUri|ContainerUri|ModelDataUrl|(?:RecordPreprocessor|PostAnalyticsProcessor)SourceUri|LifeCycleConfig\/SourceS3Uri|(?:ModelDataSource|AdditionalModelDataSources\/\d+)\/S3DataSource\/S3Uri)$/;

/** Packages and files that an instance downloads and installs at start-up. */
const INSTALLED = /^\/Metadata\/AWS::CloudFormation::Init\/[^/]+\/(?:packages\/|sources\/|files\/.+\/source$)/;

/**
 * Whether a property only sets the source of code or a template. A custom resource's property of that name may be anything, and so
 * may a variable that the app calls like that.
 */
export const isDependencySource = (type: string, path: string, keys: Keys): boolean =>
  INSTALLED.test(path) ||
  (Object.hasOwn(DEPENDENCY_SOURCES, type) && DEPENDENCY_SOURCES[type]?.test(path) === true) ||
  (keys === 'template' && RUNS_IMAGES.test(type) && IMAGE.test(path));
