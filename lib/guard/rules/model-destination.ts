import { decideArn } from '../../boundary/arn';
import { parseArn } from '../../boundary/arn-parts';
import { decideProfile, findProfile, looksLikeProfile } from '../../boundary/profile';
import { placeProperties, typesWith } from '../table/place-properties';
import { OWN } from '../template/hole';
import { Reference } from '../template/node';
import { knownText } from '../template/resource';
import type { ResourceRule } from './rule';

export const modelDestination: ResourceRule = {
  id: 'model-destination',
  title: 'A model answers inside',
  why: 'The model or profile decides where a prompt is processed, and a profile may lead to other Regions than the one that is called.',
  fix: 'Name a model that the Region serves itself, or a profile that stays inside when it is called from there.',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html',
  appliesTo: typesWith('model'),

  *check(resource, { boundary, scope }) {
    for (const { path, value } of placeProperties(resource, 'model')) {
      // A profile or model of the same app is judged where it is defined.
      if (value instanceof Reference && value.type?.startsWith('AWS::Bedrock::')) continue;
      const text = typeof value === 'string' ? value.replaceAll(OWN, '0') : undefined;
      const model = text === undefined ? undefined : knownText(text);
      if (model === undefined) {
        yield { path, level: 'unresolved', detail: 'the model is known only at deploy' };
        continue;
      }
      const decision = parseArn(model)
        ? decideArn(boundary, model)
        : findProfile(model) || looksLikeProfile(model)
          ? decideProfile(boundary, scope.deployRegion ?? '', model)
          : undefined;
      if (decision !== undefined && !decision.inside)
        yield { path, value: model, place: decision.place, detail: decision.detail };
    }
  },
};
