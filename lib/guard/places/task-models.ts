import { below, everyMap } from '../template/every-map';
import { texts } from '../template/expand';
import type { Resource, Selected } from '../template/resource';
import { definitionsOf, variantsIn } from '../template/state-machine';

/** Parameters by which Bedrock calls name a model or profile; with `.$`, the value comes from the state. */
const MODEL = /^(?:ModelId|ModelArn|FoundationModel)(?:\.\$)?$/i;

/** Every model in a state machine's Bedrock tasks; for other services, `ModelId` has another meaning. */
export function* modelsOfTasks(resource: Resource): Generator<Selected> {
  const variantsOf = variantsIn(resource);
  for (const { path, value } of definitionsOf(resource)) {
    for (const { path: pointer, map } of everyMap(value, path, variantsOf)) {
      const callsBedrock = texts(map.Resource, resource.scope).some((text) => /:bedrock/i.test(text));
      if (!callsBedrock) continue;
      for (const inner of everyMap(map, pointer, variantsOf)) {
        for (const key of Object.keys(inner.map).filter((name) => MODEL.test(name)))
          for (const model of variantsOf(inner.map[key])) yield { path: below(inner.path, key), value: model };
      }
    }
  }
}

/** Whether a value is filled in later: by a substitution that isn't in the template, a state path or an expression. */
export const isComputed = (path: string, value: string): boolean => path.endsWith('.$') || /^\s*\{%|\$\{/.test(value);
