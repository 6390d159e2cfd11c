import { checkHost } from '../places/check-host';
import { computedEndpoint } from '../places/computed-endpoint';
import type { ResourceRule } from '../rule/rule';
import { below, everyMap } from '../template/every-map';
import type { Node } from '../template/node';
import { definitionsOf, STATE_MACHINE_TYPES, unreadDefinitions, variantsIn } from '../template/state-machine';

/** `ApiEndpoint.$` takes the endpoint from the state, so its value is unknown. */
const ENDPOINT = ['ApiEndpoint', 'ApiEndpoint.$'];

export const stateMachineEndpoint: ResourceRule = {
  id: 'state-machine-endpoint',
  title: 'A state machine calls only hosts known to be inside the boundary',
  why: "An HTTP task sends the state to its endpoint, which may be anyone's server.",
  fix: "Declare the host under 'places' (host, country, reason), or call a service in the Region. Put the definition in the template.",
  source: 'https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html',
  appliesTo: STATE_MACHINE_TYPES,

  *check(resource, context) {
    for (const { path, reason } of unreadDefinitions(resource))
      yield { path, level: 'unresolved', detail: `the definition can't be read: ${reason}` };
    const variantsOf = variantsIn(resource);
    for (const { path, value } of definitionsOf(resource)) {
      for (const { path: pointer, map } of everyMap(value, path, variantsOf)) {
        for (const key of ENDPOINT.filter((name) => Object.hasOwn(map, name))) {
          for (const endpoint of variantsOf(map[key]))
            yield* checkHost({ path: below(pointer, key), value: written(endpoint) }, context);
        }
      }
    }
  },
};

const written = (value: Node): Node => (typeof value === 'string' ? computedEndpoint(value) : value);
