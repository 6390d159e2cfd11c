import { AWS_DOCS, type Samples } from './leak';

const INFERENCE = `${AWS_DOCS}/bedrock-agentcore/latest/devguide/cross-region-inference.html`;
const CUSTOM = `${AWS_DOCS}/bedrock-agentcore/latest/devguide/memory-custom-strategy.html`;
const REGISTRY = `${AWS_DOCS}/bedrock-agentcore/latest/devguide/registry-cross-region-inference.html`;
const MEMORY = 'AWS::BedrockAgentCore::Memory';
const EVALUATION = 'AWS::BedrockAgentCore::OnlineEvaluationConfig';
const memory = (...MemoryStrategies: unknown[]) => ({ Name: 'm', EventExpiryDuration: 30, MemoryStrategies });
const custom = (Configuration: object) => memory({ CustomMemoryStrategy: { Name: 'c', Configuration } });
const step = { AppendToPrompt: 'p', ModelId: 'eu.anthropic.claude-sonnet-4-6' };
const evaluation = (...ids: unknown[]) => ({
  OnlineEvaluationConfigName: 'e',
  Evaluators: ids.map((EvaluatorId) => ({ EvaluatorId })),
});

/** Parts of AgentCore that call a model which the service chooses. */
export const AGENTCORE_LEAKS: Samples = {
  'a memory extracts facts by the built-in strategy': {
    source: INFERENCE,
    type: MEMORY,
    properties: memory({ SemanticMemoryStrategy: { Name: 'facts' } }),
  },
  'a memory summarizes by the built-in strategy': {
    source: INFERENCE,
    type: MEMORY,
    properties: memory({ SummaryMemoryStrategy: { Name: 'summary' } }),
  },
  'a memory learns preferences by the built-in strategy': {
    source: INFERENCE,
    type: MEMORY,
    properties: memory({ UserPreferenceMemoryStrategy: { Name: 'preferences' } }),
  },
  'a memory reflects on episodes by the built-in strategy': {
    source: INFERENCE,
    type: MEMORY,
    properties: memory({ EpisodicMemoryStrategy: { Name: 'episodes' } }),
  },
  'the second strategy of a memory is built in': {
    source: INFERENCE,
    type: MEMORY,
    properties: memory(
      { CustomMemoryStrategy: { Name: 'c', Configuration: { SummaryOverride: { Consolidation: step } } } },
      { SemanticMemoryStrategy: { Name: 'facts' } },
    ),
  },
  'the strategies of a memory are known only at deployment': {
    source: INFERENCE,
    type: MEMORY,
    properties: { Name: 'm', EventExpiryDuration: 30, MemoryStrategies: { Ref: 'Given' } },
    around: { Parameters: { Given: { Type: 'String' } } },
  },
  'a custom strategy leaves one step to the service': {
    source: CUSTOM,
    type: MEMORY,
    properties: custom({ SemanticOverride: { Extraction: step } }),
  },
  'a custom strategy leaves the reflection to the service': {
    source: CUSTOM,
    type: MEMORY,
    properties: custom({ EpisodicOverride: { Extraction: step, Consolidation: step } }),
  },
  'conversations are evaluated by a built-in evaluator': {
    source: INFERENCE,
    type: EVALUATION,
    properties: evaluation('Builtin.Helpfulness'),
  },
  'one of two evaluators is built in': {
    source: INFERENCE,
    type: EVALUATION,
    properties: evaluation({ Ref: 'Own' }, 'Builtin.Correctness'),
    around: { Resources: { Own: { Type: 'AWS::BedrockAgentCore::Evaluator' } } },
  },
  'which evaluator it is, is known only at deployment': {
    source: INFERENCE,
    type: EVALUATION,
    properties: evaluation({ Ref: 'Given' }),
    around: { Parameters: { Given: { Type: 'String' } } },
  },
  'a registry searches by embeddings that are computed in any Region': {
    source: REGISTRY,
    type: 'AWS::AgentRegistry::Registry',
    properties: { Name: 'r' },
  },
  'a record is put into such a registry': {
    source: REGISTRY,
    type: 'AWS::AgentRegistry::RegistryRecord',
    properties: { Name: 'r', RegistryId: 'x' },
  },
};

/** Parts of AgentCore that call no model, or one that the template names. */
export const AGENTCORE_NEAR_MISSES: Samples = {
  'a memory without strategies, which only stores events': {
    source: INFERENCE,
    type: MEMORY,
    properties: { Name: 'm', EventExpiryDuration: 30 },
  },
  'a custom strategy that names the model of each step': {
    source: CUSTOM,
    type: MEMORY,
    properties: custom({ SemanticOverride: { Extraction: step, Consolidation: step } }),
  },
  'a custom strategy whose only step is named': {
    source: CUSTOM,
    type: MEMORY,
    properties: custom({ SummaryOverride: { Consolidation: step } }),
  },
  'a strategy that the app manages itself': {
    source: CUSTOM,
    type: MEMORY,
    properties: custom({
      SelfManagedConfiguration: { InvocationConfiguration: { PayloadDeliveryBucketName: { Ref: 'Own' } } },
    }),
    around: { Resources: { Own: { Type: 'AWS::S3::Bucket' } } },
  },
  'conversations are evaluated by an evaluator of the app': {
    source: INFERENCE,
    type: EVALUATION,
    properties: evaluation({ Ref: 'Own' }),
    around: { Resources: { Own: { Type: 'AWS::BedrockAgentCore::Evaluator' } } },
  },
};
