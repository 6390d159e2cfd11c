import { modelDestination } from '@/lib/guard/rules/model-destination';
import { testRule } from './rule-tester';

const agent = (FoundationModel: unknown) => ({ AgentName: 'a', FoundationModel });
const SONNET = 'eu.anthropic.claude-sonnet-4-6';

testRule(modelDestination, {
  type: 'AWS::Bedrock::Agent',
  template: {
    Parameters: { Open: { Type: 'String' } },
    Resources: { Profile: { Type: 'AWS::Bedrock::ApplicationInferenceProfile' } },
  },
  compliant: {
    'a model of the Region': agent('amazon.titan-text-express-v1'),
    'a profile that stays inside': agent(SONNET),
    'its ARN': agent({
      'Fn::Sub': `arn:\${AWS::Partition}:bedrock:eu-central-1:\${AWS::AccountId}:inference-profile/${SONNET}`,
    }),
    'a profile in the app': agent({ 'Fn::GetAtt': ['Profile', 'InferenceProfileArn'] }),
  },
  violating: {
    'a global profile': {
      properties: agent('global.anthropic.claude-sonnet-4-6'),
      found: ['global.anthropic.claude-sonnet-4-6'],
    },
    'a profile of another geography': {
      properties: agent('us.meta.llama4-next-v1:0'),
      found: ['us.meta.llama4-next-v1:0'],
    },
    'an unconfirmed profile': {
      properties: agent('eu.anthropic.claude-opus-5'),
      found: ['eu.anthropic.claude-opus-5'],
    },
    'an opaque profile': {
      properties: agent('arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/abc'),
      found: ['arn:aws:bedrock:eu-central-1:111122223333:application-inference-profile/abc'],
    },
    'a model known only at deployment': {
      properties: agent({ Ref: 'Open' }),
      found: ['/Properties/FoundationModel'],
      level: 'unresolved',
    },
  },
});

testRule(modelDestination, {
  type: 'AWS::Bedrock::Agent',
  deployRegion: 'eu-west-2',
  compliant: {},
  violating: { 'an EU profile called from London': { properties: agent(SONNET), found: [SONNET] } },
});

const task = (Parameters: unknown, Resource = 'arn:aws:states:::bedrock:invokeModel') => ({
  DefinitionString: JSON.stringify({ States: { Ask: { Type: 'Task', Resource, Parameters } } }),
});
const PARAMETERS = '/Properties/DefinitionString/States/Ask/Parameters';

testRule(modelDestination, {
  type: 'AWS::StepFunctions::StateMachine',
  template: { Parameters: { Open: { Type: 'String' } } },
  compliant: {
    'a model of the Region': task({ ModelId: 'arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0' }),
    'a profile that stays inside': task({ ModelId: SONNET }, 'arn:aws:states:::aws-sdk:bedrockruntime:converse'),
    'a function that is told a model': task({ 'ModelId.$': '$.model' }, 'arn:aws:states:::lambda:invoke'),
  },
  violating: {
    'a global profile': {
      properties: task({ ModelId: 'global.anthropic.claude-sonnet-4-6' }),
      found: ['global.anthropic.claude-sonnet-4-6'],
    },
  },
});

testRule(modelDestination, {
  type: 'AWS::StepFunctions::StateMachine',
  template: { Parameters: { Open: { Type: 'String' } } },
  compliant: {},
  violating: {
    'a model from the state': { properties: task({ 'ModelId.$': '$.model' }), found: ['$.model'], level: 'unresolved' },
    'a model that an expression computes': {
      properties: task({ ModelId: '{% $states.input.model %}' }),
      found: ['{% $states.input.model %}'],
      level: 'unresolved',
    },
    'a model that a knowledge base is asked with': {
      properties: task(
        { RetrieveAndGenerateConfiguration: { KnowledgeBaseConfiguration: { 'ModelArn.$': '$.model' } } },
        'arn:aws:states:::aws-sdk:bedrockagentruntime:retrieveAndGenerate',
      ),
      found: ['$.model'],
      level: 'unresolved',
    },
    'substitutions known only at deployment': {
      properties: { ...task({ ModelId: '${Model}' }), DefinitionSubstitutions: { Ref: 'Open' } },
      found: ['${Model}'],
      level: 'unresolved',
    },
    'a substitution known only at deployment': {
      properties: { ...task({ ModelId: '${Model}' }), DefinitionSubstitutions: { Model: { Ref: 'Open' } } },
      found: [`${PARAMETERS}/ModelId`],
      level: 'unresolved',
    },
  },
});
