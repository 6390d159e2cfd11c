/** Properties that say where code or a template is read from: supply, which carries no data of the deployment away. */
const SUPPLY: Readonly<Record<string, RegExp>> = {
  'AWS::AppRunner::Service': /^\/Properties\/SourceConfiguration\/ImageRepository\/ImageIdentifier$/,
  'AWS::Batch::JobDefinition': /^\/Properties\/ContainerProperties\/Image$/,
  'AWS::CloudFormation::Stack': /^\/Properties\/TemplateURL$/,
  'AWS::CloudFormation::StackSet': /^\/Properties\/TemplateURL$/,
  'AWS::CodeBuild::Project': /^\/Properties\/Environment\/Image$/,
  'AWS::ECS::TaskDefinition': /^\/Properties\/ContainerDefinitions\/\d+\/Image$/,
  'AWS::Lambda::Function': /^\/Properties\/(?:Code\/(?:S3Bucket|ImageUri)|Layers\/\d+)$/,
  'AWS::Lambda::LayerVersion': /^\/Properties\/Content\/S3Bucket$/,
  'AWS::Serverless::Application': /^\/Properties\/Location(?:\/(?:ApplicationId|SemanticVersion))?$/,
  'AWS::Serverless::Function': /^\/Properties\/(?:CodeUri(?:\/Bucket)?|ImageUri|Layers\/\d+)$/,
  'AWS::Serverless::LayerVersion': /^\/Properties\/ContentUri(?:\/Bucket)?$/,
  'AWS::Synthetics::Canary': /^\/Properties\/Code\/S3Bucket$/,
};

/** What an instance fetches and installs when it starts. */
const INSTALLED = /^\/Metadata\/AWS::CloudFormation::Init\/[^/]+\/(?:packages\/|sources\/|files\/.+\/source$)/;

/** Whether a property only says where code or a template is read from. What a custom resource calls so may be anything. */
export const isSupply = (type: string, path: string): boolean =>
  INSTALLED.test(path) || (Object.hasOwn(SUPPLY, type) && SUPPLY[type]?.test(path) === true);
