import { agentcoreInference } from '@/lib/guard/rules/agentcore-inference';
import { testRule } from './rule-tester';

const step = { ModelId: 'eu.anthropic.claude-sonnet-4-6' };
const custom = (Configuration: object) => ({ MemoryStrategies: [{ CustomMemoryStrategy: { Configuration } }] });
const AT = '/Properties/MemoryStrategies';

testRule(agentcoreInference, {
  type: 'AWS::BedrockAgentCore::Memory',
  template: { Parameters: { Open: { Type: 'String' } } },
  compliant: {
    'no strategy': {},
    'a model for each step': custom({ UserPreferenceOverride: { Extraction: step, Consolidation: step } }),
  },
  violating: {
    'a built-in strategy': {
      properties: { MemoryStrategies: [{ SummaryMemoryStrategy: { Name: 's' } }] },
      found: ['SummaryMemoryStrategy'],
    },
    'a step without a model': {
      properties: custom({ SemanticOverride: { Consolidation: step } }),
      found: ['Extraction'],
    },
    'strategies known only at deployment': {
      properties: { MemoryStrategies: { Ref: 'Open' } },
      found: [AT],
      level: 'unresolved',
    },
  },
});

testRule(agentcoreInference, {
  type: 'AWS::AgentRegistry::RegistryRecord',
  compliant: {},
  violating: { 'a record': { properties: { Name: 'r' }, found: ['AWS::AgentRegistry::RegistryRecord'] } },
});

testRule(agentcoreInference, {
  type: 'AWS::BedrockAgentCore::OnlineEvaluationConfig',
  template: { Parameters: { Open: { Type: 'String' } } },
  compliant: {},
  violating: {
    'an evaluator known only at deployment': {
      properties: { Evaluators: [{ EvaluatorId: { Ref: 'Open' } }] },
      found: ['/Properties/Evaluators/0/EvaluatorId'],
      level: 'unresolved',
    },
  },
});

testRule(agentcoreInference, {
  type: 'AWS::BedrockAgentCore::OnlineEvaluationConfig',
  compliant: { 'an evaluator of the account': { Evaluators: [{ EvaluatorId: 'tone-1234567890' }] } },
  violating: {
    'a built-in evaluator': {
      properties: { Evaluators: [{ EvaluatorId: 'Builtin.Faithfulness' }] },
      found: ['Builtin.Faithfulness'],
    },
  },
});
