import { below, everyMap } from '../template/every-map';
import { texts } from '../template/expand';
import { Unresolved } from '../template/node';
import type { Resource, Selected } from '../template/resource';
import { definitionsOf, variantsIn } from '../template/state-machine';
import { outputsOf } from './output-keys';
import { isComputed } from './task-models';

/** Calls whose destination has a name that other calls use for an input. */
const CALLS: readonly { readonly call: RegExp; readonly key: RegExp }[] = [
  { call: /:s3:(?:put(?!Bucket)|copy|upload|createMultipart|completeMultipart)/i, key: /^Bucket(?:\.\$)?$/ },
  { call: /:dynamodb:exportTable/i, key: /^S3Bucket(?:\.\$)?$/ },
  { call: /:rds:startExportTask/i, key: /^S3BucketName(?:\.\$)?$/ },
  { call: /:cloudwatchlogs:createExportTask/i, key: /^Destination(?:\.\$)?$/ },
];

/** Services whose request is a message of the app's own: its keys have no meaning that AWS defines. */
const MESSAGES =
  /:::(?:aws-sdk:)?(?:lambda|states|sfn|sqs|sns|events|eventbridge|dynamodb|http|apigateway|ecs|eks|batch|s3)[:.]/i;

/** Every bucket to which a task of a state machine, or the results of a distributed map, are written. */
export function* bucketsOfTasks(resource: Resource): Generator<Selected> {
  const variantsOf = variantsIn(resource);
  for (const { path, value } of definitionsOf(resource)) {
    for (const { path: pointer, map } of everyMap(value, path, variantsOf)) {
      const [call] = texts(map.Resource, resource.scope);
      if (call === undefined) continue;
      for (const name of ['Parameters', 'Arguments']) {
        for (const inner of everyMap(map[name], '', variantsOf)) {
          for (const { key, node } of destinations(call, inner.map, inner.path))
            for (const bucket of variantsOf(node)) {
              const at = below(`${pointer}/${name}${inner.path}`, key);
              yield { path: at, value: isLater(key, bucket) ? new Unresolved(LATER) : bucket };
            }
        }
      }
    }
  }
}

const LATER = 'the state machine computes it when it runs';
const isLater = (key: string, bucket: unknown) => typeof bucket === 'string' && isComputed(key, bucket);

function destinations(call: string, map: Readonly<Record<string, unknown>>, parents: string) {
  const own = CALLS.filter((one) => parents === '' && one.call.test(call)).flatMap(({ key }) =>
    Object.entries(map).filter(([name]) => key.test(name)),
  );
  return [...own.map(([key, node]) => ({ key, node })), ...(MESSAGES.test(call) ? [] : outputsOf(map, parents))];
}
