import { thirdPartySetting } from '@/lib/guard/rules/third-party-setting';
import { testRule } from './rule-tester';

testRule(thirdPartySetting, {
  type: 'AWS::BedrockAgentCore::Harness',
  compliant: { 'a model on Bedrock': { Model: { BedrockModelConfig: { ModelId: 'amazon.nova-lite-v1:0' } } } },
  violating: {
    'an OpenAI model': {
      properties: { Model: { OpenAiModelConfig: { ModelId: 'gpt' } } },
      found: ['/Properties/Model/OpenAiModelConfig'],
    },
    'a Google model': {
      properties: { Model: { GeminiModelConfig: {} } },
      found: ['/Properties/Model/GeminiModelConfig'],
    },
  },
});

testRule(thirdPartySetting, {
  type: 'AWS::Bedrock::KnowledgeBase',
  compliant: { 'a store on AWS': { StorageConfiguration: { OpensearchServerlessConfiguration: {} } } },
  violating: {
    Pinecone: {
      properties: { StorageConfiguration: { PineconeConfiguration: {} } },
      found: ['/Properties/StorageConfiguration/PineconeConfiguration'],
    },
  },
});

const group = (VendorName: string) => ({ Rules: [{ Statement: { ManagedRuleGroupStatement: { VendorName } } }] });

testRule(thirdPartySetting, {
  type: 'AWS::WAFv2::WebACL',
  compliant: { 'an AWS rule group': group('AWS') },
  violating: { 'a rule group of another vendor': { properties: group('F5'), found: ['F5'] } },
});

testRule(thirdPartySetting, {
  type: 'AWS::Cognito::UserPoolIdentityProvider',
  compliant: { 'a server that speaks a protocol': { ProviderType: 'OIDC' } },
  violating: { 'an account of Google': { properties: { ProviderType: 'Google' }, found: ['Google'] } },
});

testRule(thirdPartySetting, {
  type: 'AWS::Cognito::IdentityPool',
  template: { Parameters: { Open: { Type: 'String' } } },
  compliant: { 'users of a user pool': { CognitoIdentityProviders: [{ ProviderName: 'p' }] } },
  violating: {
    'accounts of companies': {
      properties: { SupportedLoginProviders: { 'accounts.google.com': 'a', 'graph.facebook.com': 'b' } },
      found: ['accounts.google.com', 'graph.facebook.com'],
    },
  },
});

testRule(thirdPartySetting, {
  type: 'AWS::Cognito::IdentityPool',
  template: { Parameters: { Open: { Type: 'String' } } },
  compliant: {},
  violating: {
    'providers known only at deployment': {
      properties: { SupportedLoginProviders: { Ref: 'Open' } },
      found: ['/Properties/SupportedLoginProviders'],
      level: 'unresolved',
    },
  },
});

testRule(thirdPartySetting, {
  type: 'AWS::Lex::Bot',
  compliant: {
    "AWS's speech recognition": { BotLocales: [{ SpeechRecognitionSettings: { SpeechModelPreference: 'Neural' } }] },
  },
  violating: {
    'speech recognition of another company': {
      properties: { BotLocales: [{ SpeechRecognitionSettings: { SpeechModelConfig: { DeepgramConfig: {} } } }] },
      found: ['/Properties/BotLocales/0/SpeechRecognitionSettings/SpeechModelConfig/DeepgramConfig'],
    },
  },
});

const flow = (source: unknown, destination: unknown) => ({
  SourceFlowConfig: { ConnectorType: source },
  DestinationFlowConfigList: [{ ConnectorType: destination, ConnectorProfileName: 'made-elsewhere' }],
});
const DESTINATION = '/Properties/DestinationFlowConfigList/0/ConnectorType';

testRule(thirdPartySetting, {
  type: 'AWS::AppFlow::Flow',
  template: { Parameters: { Open: { Type: 'String' } } },
  compliant: { 'from a bucket to a warehouse': flow('S3', 'Redshift') },
  violating: {
    'to Salesforce': { properties: flow('S3', 'Salesforce'), found: ['Salesforce'] },
    'from Slack': { properties: flow('Slack', 'S3'), found: ['Slack'] },
    "through a third party's connector": { properties: flow('S3', 'CustomConnector'), found: ['CustomConnector'] },
    'to a target known only at deployment': {
      properties: flow('S3', { Ref: 'Open' }),
      found: [DESTINATION],
      level: 'unresolved',
    },
  },
});
