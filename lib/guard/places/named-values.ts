import { below } from '../template/every-map';
import { expand } from '../template/expand';
import { isMap } from '../template/node';
import type { Resource, Selected } from '../template/resource';

/** The values under certain keys of a map whose keys CloudFormation doesn't define. */
export function namedValues(resource: Resource, path: readonly string[], keys: RegExp): Selected[] {
  return resource.select(...path).flatMap(({ path: pointer, value }) =>
    Object.entries(isMap(value) ? value : {})
      .filter(([key]) => keys.test(key))
      .flatMap(([key, node]) =>
        expand(node, resource.scope).map((item) => ({ path: below(pointer, key), value: item })),
      ),
  );
}
