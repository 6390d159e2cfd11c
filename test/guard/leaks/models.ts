import { AWS_DOCS, type Samples } from './leak';

const BEDROCK = `${AWS_DOCS}/bedrock/latest/userguide`;
const role = 'arn:aws:iam::111122223333:role/agent';
const allow = (Action: unknown, Resource: unknown, more = {}) => ({
  PolicyName: 'p',
  Roles: ['r'],
  PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource, ...more }] },
});
const code = { Handler: 'index.handler', Role: role, Runtime: 'nodejs22.x' };
const zip = { S3Bucket: 'cdk-hnb659fds-assets-111122223333-eu-central-1', S3Key: 'a.zip' };
const knowledgeBase = (StorageConfiguration: unknown) => ({
  Name: 'kb',
  RoleArn: role,
  KnowledgeBaseConfiguration: {
    Type: 'VECTOR',
    VectorKnowledgeBaseConfiguration: {
      EmbeddingModelArn: 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.titan-embed-text-v2:0',
    },
  },
  StorageConfiguration,
});

/** Prompts, documents and embeddings processed elsewhere. */
export const MODELS: Samples = {
  'an agent on a US profile': {
    source: `${BEDROCK}/inference-profiles-support.html`,
    type: 'AWS::Bedrock::Agent',
    properties: { AgentName: 'a', FoundationModel: 'us.anthropic.claude-sonnet-4-6' },
  },
  'an agent on the global profile': {
    source: `${BEDROCK}/global-cross-region-inference.html`,
    type: 'AWS::Bedrock::Agent',
    properties: { AgentName: 'a', FoundationModel: 'global.anthropic.claude-sonnet-4-6' },
  },
  "an app's profile that copies a US profile": {
    source: `${BEDROCK}/inference-profiles-create.html`,
    type: 'AWS::Bedrock::ApplicationInferenceProfile',
    properties: {
      InferenceProfileName: 'chat',
      ModelSource: {
        CopyFrom: 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6',
      },
    },
  },
  'a prompt on an Asian profile': {
    source: `${BEDROCK}/prompt-management-create.html`,
    type: 'AWS::Bedrock::Prompt',
    properties: {
      Name: 'p',
      Variants: [
        {
          Name: 'v',
          TemplateType: 'TEXT',
          ModelId: 'apac.anthropic.claude-3-5-sonnet-20240620-v1:0',
          TemplateConfiguration: { Text: { Text: 'Say hello' } },
        },
      ],
    },
  },
  'a flow whose node calls a model in Oregon': {
    source: `${BEDROCK}/flows-nodes.html`,
    type: 'AWS::Bedrock::Flow',
    properties: {
      Name: 'f',
      ExecutionRoleArn: role,
      Definition: {
        Nodes: [
          {
            Name: 'ask',
            Type: 'Prompt',
            Configuration: {
              Prompt: {
                SourceConfiguration: {
                  Inline: {
                    ModelId: 'arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-pro-v1:0',
                    TemplateType: 'TEXT',
                    TemplateConfiguration: { Text: { Text: '{{x}}' } },
                  },
                },
              },
            },
          },
        ],
        Connections: [],
      },
    },
  },
  'a guardrail with tier STANDARD': {
    source: `${BEDROCK}/guardrails-tiers.html`,
    type: 'AWS::Bedrock::Guardrail',
    properties: {
      Name: 'g',
      BlockedInputMessaging: 'no',
      BlockedOutputsMessaging: 'no',
      ContentPolicyConfig: { FiltersConfig: [], ContentFiltersTierConfig: { TierName: 'STANDARD' } },
    },
  },
  'a guardrail with a US profile': {
    source: `${BEDROCK}/guardrails-cross-region.html`,
    type: 'AWS::Bedrock::Guardrail',
    properties: {
      Name: 'g',
      BlockedInputMessaging: 'no',
      BlockedOutputsMessaging: 'no',
      CrossRegionConfig: {
        GuardrailProfileArn: 'arn:aws:bedrock:us-east-1:111122223333:guardrail-profile/us.guardrail.v1:0',
      },
    },
  },
  'an agent whose action group is in Virginia': {
    source: `${BEDROCK}/agents-lambda.html`,
    type: 'AWS::Bedrock::Agent',
    properties: {
      AgentName: 'a',
      FoundationModel: 'eu.anthropic.claude-sonnet-4-6',
      ActionGroups: [
        {
          ActionGroupName: 'g',
          ActionGroupExecutor: { Lambda: 'arn:aws:lambda:us-east-1:111122223333:function:tools' },
        },
      ],
    },
  },
  'a knowledge base in Pinecone': {
    source: `${BEDROCK}/knowledge-base-setup.html`,
    type: 'AWS::Bedrock::KnowledgeBase',
    properties: knowledgeBase({
      Type: 'PINECONE',
      PineconeConfiguration: {
        ConnectionString: 'https://exemple-1.svc.gcp-europe-west4.pinecone.io',
        CredentialsSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:p',
      },
    }),
  },
  'a knowledge base in MongoDB Atlas': {
    source: `${BEDROCK}/knowledge-base-setup.html`,
    type: 'AWS::Bedrock::KnowledgeBase',
    properties: knowledgeBase({
      Type: 'MONGO_DB_ATLAS',
      MongoDbAtlasConfiguration: {
        Endpoint: 'cluster0.abcde.mongodb.net',
        DatabaseName: 'd',
        CollectionName: 'c',
        VectorIndexName: 'i',
        CredentialsSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:m',
      },
    }),
  },
  'a knowledge base in Redis Enterprise Cloud': {
    source: `${BEDROCK}/knowledge-base-setup.html`,
    type: 'AWS::Bedrock::KnowledgeBase',
    properties: knowledgeBase({
      Type: 'REDIS_ENTERPRISE_CLOUD',
      RedisEnterpriseCloudConfiguration: { Endpoint: 'redis-1.c1.us-east-1-2.ec2.cloud.redislabs.com:12345' },
    }),
  },
  'a knowledge base with embeddings made in Virginia': {
    source: `${BEDROCK}/knowledge-base-create.html`,
    type: 'AWS::Bedrock::KnowledgeBase',
    properties: {
      Name: 'kb',
      RoleArn: role,
      KnowledgeBaseConfiguration: {
        Type: 'VECTOR',
        VectorKnowledgeBaseConfiguration: {
          EmbeddingModelArn: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0',
        },
      },
    },
  },
  'a knowledge base that crawls the web': {
    source: `${BEDROCK}/webcrawl-data-source-connector.html`,
    type: 'AWS::Bedrock::DataSource',
    properties: {
      Name: 'd',
      KnowledgeBaseId: 'K',
      DataSourceConfiguration: {
        Type: 'CONFLUENCE',
        ConfluenceConfiguration: {
          SourceConfiguration: {
            AuthType: 'BASIC',
            HostType: 'SAAS',
            HostUrl: 'https://exemple.atlassian.net',
            CredentialsSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:c',
          },
        },
      },
    },
  },
  'a role that may invoke any model': {
    source: `${BEDROCK}/security_iam_id-based-policy-examples.html`,
    type: 'AWS::IAM::Policy',
    properties: allow('bedrock:InvokeModel', '*'),
  },
  'a role that may invoke a model of every Region': {
    source: `${BEDROCK}/security_iam_id-based-policy-examples.html`,
    type: 'AWS::IAM::Policy',
    properties: allow('bedrock:InvokeModel*', 'arn:aws:bedrock:*::foundation-model/*'),
  },
  'a role that may do anything with Bedrock': {
    source: `${BEDROCK}/security_iam_id-based-policy-examples.html`,
    type: 'AWS::IAM::ManagedPolicy',
    properties: allow('bedrock:*', '*'),
  },
  'a role that may do anything': {
    source: `${AWS_DOCS}/IAM/latest/UserGuide/reference_policies_elements_action.html`,
    type: 'AWS::IAM::Policy',
    properties: allow('*', '*'),
  },
  'a role that may use any Region but one': {
    source: `${AWS_DOCS}/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html`,
    type: 'AWS::IAM::Policy',
    properties: allow('bedrock:InvokeModel', '*', {
      Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    }),
  },
  'a role with the policy of full access to Bedrock': {
    source: `${BEDROCK}/security-iam-awsmanpol.html`,
    type: 'AWS::IAM::Role',
    properties: {
      AssumeRolePolicyDocument: { Statement: [] },
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonBedrockFullAccess'],
    },
  },
  'a role that may write to a table in Virginia': {
    source: `${AWS_DOCS}/amazondynamodb/latest/developerguide/security-iam.html`,
    type: 'AWS::IAM::Policy',
    properties: allow('dynamodb:PutItem', 'arn:aws:dynamodb:us-east-1:111122223333:table/orders'),
  },
  'a function that calls OpenAI': {
    source: 'https://platform.openai.com/docs/api-reference',
    type: 'AWS::Lambda::Function',
    properties: { ...code, Code: zip, Environment: { Variables: { LLM: 'https://api.openai.com/v1' } } },
  },
  'a function that calls Anthropic itself': {
    source: 'https://docs.anthropic.com/en/api/overview',
    type: 'AWS::Lambda::Function',
    properties: { ...code, Code: zip, Environment: { Variables: { ANTHROPIC_HOST: 'api.anthropic.com' } } },
  },
  'a function that calls Bedrock in Virginia': {
    source: `${AWS_DOCS}/general/latest/gr/bedrock.html`,
    type: 'AWS::Lambda::Function',
    properties: { ...code, Code: zip, Environment: { Variables: { BEDROCK_REGION: 'us-east-1' } } },
  },
  'a function whose inline code uses Oregon': {
    source: `${AWS_DOCS}/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html`,
    type: 'AWS::Lambda::Function',
    properties: {
      ...code,
      Runtime: 'python3.13',
      Code: { ZipFile: 'import boto3\nc = boto3.client("s3", region_name="us-west-2")\ndef handler(e, _): pass\n' },
    },
  },
  'a function with an image in Virginia': {
    source: `${AWS_DOCS}/lambda/latest/dg/images-create.html`,
    type: 'AWS::Lambda::Function',
    properties: {
      PackageType: 'Image',
      Role: role,
      Code: { ImageUri: '111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1' },
      Environment: { Variables: { ENDPOINT: 'https://sqs.us-east-1.amazonaws.com' } },
    },
  },
  'Q Business reads Confluence': {
    source: `${AWS_DOCS}/amazonq/latest/qbusiness-ug/confluence-cloud-connector.html`,
    type: 'AWS::QBusiness::DataSource',
    properties: {
      ApplicationId: 'a',
      IndexId: 'i',
      DisplayName: 'wiki',
      Configuration: {
        type: 'CONFLUENCEV2',
        connectionConfiguration: { repositoryEndpointMetadata: { hostUrl: 'https://exemple.atlassian.net' } },
      },
    },
  },
  'Q Business calls a Zendesk plug-in': {
    source: `${AWS_DOCS}/amazonq/latest/qbusiness-ug/plugins.html`,
    type: 'AWS::QBusiness::Plugin',
    properties: {
      ApplicationId: 'a',
      DisplayName: 'tickets',
      Type: 'ZENDESK',
      ServerUrl: 'https://exemple.zendesk.com',
      AuthConfiguration: { NoAuthConfiguration: {} },
    },
  },
  'Kendra reads Salesforce': {
    source: `${AWS_DOCS}/kendra/latest/dg/data-source-salesforce.html`,
    type: 'AWS::Kendra::DataSource',
    properties: {
      IndexId: 'i',
      Name: 'crm',
      Type: 'SALESFORCE',
      DataSourceConfiguration: {
        SalesforceConfiguration: { ServerUrl: 'https://exemple.my.salesforce.com', SecretArn: role },
      },
    },
  },
  'a Lex bot with a replica in Virginia': {
    source: `${AWS_DOCS}/lexv2/latest/dg/global-resiliency.html`,
    type: 'AWS::Lex::Bot',
    properties: {
      Name: 'b',
      RoleArn: role,
      IdleSessionTTLInSeconds: 300,
      DataPrivacy: { ChildDirected: false },
      Replication: { ReplicaRegions: ['us-east-1'] },
    },
  },
  'AgentCore calls OpenAI': {
    source: `${AWS_DOCS}/bedrock-agentcore/latest/devguide/what-is-bedrock-agentcore.html`,
    type: 'AWS::BedrockAgentCore::Harness',
    properties: { Model: { OpenAiModelConfig: { ModelId: 'gpt-5' } } },
  },
  "an AgentCore gateway calls a vendor's tools": {
    source: `${AWS_DOCS}/bedrock-agentcore/latest/devguide/gateway-target-MCPservers.html`,
    type: 'AWS::BedrockAgentCore::GatewayTarget',
    properties: {
      Name: 't',
      GatewayIdentifier: 'g',
      TargetConfiguration: { Mcp: { McpServer: { Endpoint: 'https://mcp.vendor.example/mcp' } } },
    },
  },
  'a SageMaker partner app': {
    source: `${AWS_DOCS}/sagemaker/latest/dg/partner-apps.html`,
    type: 'AWS::SageMaker::PartnerApp',
    properties: { Name: 'n', Type: 'comet', Tier: 'small', AuthType: 'IAM', ExecutionRoleArn: role },
  },
};
