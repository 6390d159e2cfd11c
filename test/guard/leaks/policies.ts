import { AWS_DOCS, type Sample, type Samples } from './leak';

const REFERENCE = `${AWS_DOCS}/aws-managed-policy/latest/reference`;
const trust = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const role = (arn: unknown, page: string): Sample => ({
  source: `${REFERENCE}/${page}.html`,
  type: 'AWS::IAM::Role',
  properties: { AssumeRolePolicyDocument: trust, ManagedPolicyArns: [arn] },
});
const ofAws = (name: string, path = '') => role(`arn:aws:iam::aws:policy/${path}${name}`, name);

/** AWS managed policies whose text allows calls to models outside the boundary. */
export const POLICY_LEAKS: Samples = {
  'a role may call every agent': ofAws('BedrockAgentCoreFullAccess'),
  'a role may call models through Mantle': ofAws('AmazonBedrockMantleInferenceAccess'),
  'a role may do everything with Mantle': ofAws('AmazonBedrockMantleFullAccess'),
  'a role may search the web': ofAws('AmazonBedrockWebSearchFullAccess'),
  'a role may call models of the marketplace': ofAws('AmazonBedrockMarketplaceAccess'),
  'a role of SageMaker may call everything': ofAws('AmazonSageMakerFullAccess'),
  'a role of Canvas may call endpoints': ofAws('AmazonSageMakerCanvasFullAccess'),
  'a data scientist may call Bedrock': ofAws('DataScientist', 'job-function/'),
  'a web tier may call Claude in every Region': ofAws('AWSElasticBeanstalkWebTier'),
  'a memory may call every model': ofAws('AmazonBedrockAgentCoreMemoryBedrockModelInferenceExecutionRolePolicy'),
  'a studio user may call every model': ofAws('SageMakerStudioUserIAMPermissiveExecutionPolicy'),
  'a policy in a path may call endpoints': ofAws('AmazonSageMakerCanvasDirectDeployAccess', 'service-role/'),
  'a policy with permissions in Virginia': ofAws('AWSMarketplaceAmiIngestion'),
  'a policy that is newer than the facts': ofAws('AmazonBedrockNewFeatureFullAccess'),
  'a function with the bare name of a policy': {
    source: `${AWS_DOCS}/serverless-application-model/latest/developerguide/sam-resource-function.html`,
    type: 'AWS::Serverless::Function',
    properties: { Runtime: 'nodejs22.x', Handler: 'a.b', InlineCode: '', Policies: ['AmazonSageMakerFullAccess'] },
    around: { Transform: 'AWS::Serverless-2016-10-31' },
  },
};

/** AWS managed policies whose text allows no calls to models outside the boundary, and policies that only share a word. */
export const POLICY_NEAR_MISSES: Samples = {
  'a role may read Bedrock': ofAws('AmazonBedrockReadOnly'),
  'a role may read Mantle': ofAws('AmazonBedrockMantleReadOnly'),
  'a role may read SageMaker': ofAws('AmazonSageMakerReadOnly'),
  'a role may administer web ACLs, also of agents': ofAws('AWSWAFFullAccess'),
  'a role may write logs': ofAws('AWSLambdaBasicExecutionRole', 'service-role/'),
  'a role may use all of S3': ofAws('AmazonS3FullAccess'),
  'a role has a policy of the account with a word of Bedrock': role(
    'arn:aws:iam::111122223333:policy/BedrockInFrankfurt',
    'policy-list',
  ),
};
