import type { ResidencyBoundary } from '../../boundary/boundary';
import { decideRegion } from '../../boundary/region';
import type { ResourceRule, Violation } from '../rule/rule';
import { isMap, Reference } from '../template/node';
import { knownText, type Resource } from '../template/resource';

/** The Regions in which AgentCore Memory and Evaluations process prompts of any Region in Europe. */
const EUROPE = ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3'];

/** The steps for which each kind of custom strategy can name a model. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  EpisodicOverride: ['Extraction', 'Consolidation', 'Reflection'],
  SemanticOverride: ['Extraction', 'Consolidation'],
  SummaryOverride: ['Consolidation'],
  UserPreferenceOverride: ['Extraction', 'Consolidation'],
};

const CHECKS: Readonly<Record<string, (resource: Resource, boundary: ResidencyBoundary) => Iterable<Violation>>> = {
  'AWS::AgentRegistry::Registry': (resource) => registry(resource),
  'AWS::AgentRegistry::RegistryRecord': (resource) => registry(resource),
  'AWS::BedrockAgentCore::Memory': (resource, boundary) => strategies(resource, boundary),
  'AWS::BedrockAgentCore::OnlineEvaluationConfig': (resource, boundary) => evaluators(resource, boundary),
};

export const agentcoreInference: ResourceRule = {
  id: 'agentcore-inference',
  title: 'AgentCore calls only models that the template names',
  why: 'A built-in strategy or evaluator sends conversations to a model in a Region that the service chooses, in Europe also London; a registry sends its records to any Region.',
  fix: 'Name a model for each step (CustomMemoryStrategy with an override, or an evaluator of your own), or manage the strategy yourself.',
  source: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/cross-region-inference.html',
  appliesTo: Object.keys(CHECKS),

  *check(resource, { boundary }) {
    yield* CHECKS[resource.type]?.(resource, boundary) ?? [];
  },
};

function* registry({ type }: Resource): Generator<Violation> {
  const detail = 'records and searches are processed in any Region, to search them by meaning';
  yield { path: '/Properties', value: type, detail };
}

function* strategies(resource: Resource, boundary: ResidencyBoundary): Generator<Violation> {
  for (const { path, value } of resource.select('MemoryStrategies', '*')) {
    if (!isMap(value)) yield { path, level: 'unresolved', detail: 'the strategy is known only at deployment' };
    else if (!Object.hasOwn(value, 'CustomMemoryStrategy')) yield* inEurope(path, Object.keys(value)[0], boundary);
  }
  for (const [name, steps] of Object.entries(STEPS)) {
    const parent = ['MemoryStrategies', '*', 'CustomMemoryStrategy', 'Configuration', name];
    for (const { path, value } of resource.select(...parent)) {
      const missing = isMap(value) ? steps.find((step) => !Object.hasOwn(value, step)) : undefined;
      if (missing !== undefined) yield* inEurope(path, missing, boundary);
    }
  }
}

function* evaluators(resource: Resource, boundary: ResidencyBoundary): Generator<Violation> {
  for (const { path, value } of resource.select('Evaluators', '*', 'EvaluatorId')) {
    if (value instanceof Reference && value.isOwnedByApp) continue;
    const name = knownText(value);
    if (name === undefined) yield { path, level: 'unresolved', detail: 'the evaluator is known only at deployment' };
    else if (/^Builtin\./i.test(name)) yield* inEurope(path, name, boundary);
  }
}

/** Reports what the service runs by a model that it chooses, unless all Regions of Europe that it uses are inside. */
function* inEurope(path: string, value: string | undefined, boundary: ResidencyBoundary): Generator<Violation> {
  const outside = EUROPE.map((region) => decideRegion(boundary, region)).find(({ inside }) => !inside);
  if (outside?.inside !== false) return;
  const detail = `the service chooses the model, and processes also outside the boundary: ${outside.detail}`;
  yield { path, ...(value && { value }), place: outside.place, detail };
}
