import { decideArn } from '../../boundary/arn';
import { parseArn } from '../../boundary/arn-parts';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { factsOf } from '../../boundary/facts-of';
import { decideProfile } from '../../boundary/profile';
import { looksLikeProfile } from '../../boundary/profile-id';
import { placeProperties, typesWith } from '../places/place-properties';
import { isComputed, modelsOfTasks } from '../places/task-models';
import type { ResourceRule, Violation } from '../rule/rule';
import { Reference } from '../template/node';
import { OWN_VALUE } from '../template/placeholder';
import { knownText, type Selected } from '../template/resource';
import { STATE_MACHINE_TYPES } from '../template/state-machine';

export const modelDestination: ResourceRule = {
  id: 'model-destination',
  title: 'Models run inside the boundary',
  why: 'The model or profile determines where a prompt is processed, and a profile may route to Regions other than the one called.',
  fix: 'Use a model that the Region serves itself, or a profile that stays inside the boundary when called from that Region: eu-residency models lists both, the newest first.',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html',
  appliesTo: [...typesWith('model'), ...STATE_MACHINE_TYPES],

  *check(resource, { boundary, scope }) {
    const isStateMachine = STATE_MACHINE_TYPES.includes(resource.type);
    const models = isStateMachine ? modelsOfTasks(resource) : placeProperties(resource, 'model');
    for (const model of models) yield* checkModel(model, boundary, scope.deployRegion);
  },
};

function* checkModel({ path, value }: Selected, boundary: ResidencyBoundary, region = ''): Generator<Violation> {
  // A profile or model in the same app is checked where it is defined.
  if (value instanceof Reference && value.type?.startsWith('AWS::Bedrock::')) return;
  const text = typeof value === 'string' ? value.replaceAll(OWN_VALUE, '0') : undefined;
  const model = text === undefined ? undefined : knownText(text);
  const computed = model !== undefined && isComputed(path, model);
  if (model === undefined || computed) {
    const detail = `the model is known only ${computed ? 'when the state machine is deployed or runs' : 'at deployment'}`;
    yield { path, ...(model && { value: model }), level: 'unresolved', detail };
    return;
  }
  const decision = parseArn(model)
    ? decideArn(boundary, model)
    : factsOf(boundary).profile(model) || looksLikeProfile(model)
      ? decideProfile(boundary, region, model)
      : undefined;
  if (decision !== undefined && !decision.inside)
    yield { path, value: model, place: decision.place, detail: decision.detail };
}
