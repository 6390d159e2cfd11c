import { MANY, OPEN, OWN } from '../template/hole';
import { elements, type Statement } from '../template/policy-statements';
import { covers } from '../template/wildcard';

/** What IAM calls the services that take content for a model or an agent. */
const BEDROCK = ['bedrock', 'bedrock-agentcore', 'bedrock-mantle'];

/**
 * Actions that hand no content to a model: they read, label, end or remove what is there. Everything else of Bedrock
 * counts as a call, so that an action which AWS adds tomorrow isn't missed.
 */
const HARMLESS =
  /^(?:Get|List|Describe|Tag|Untag|Delete|BatchDelete|Stop|Cancel|Disassociate|CallWithBearerToken|AllowVendedLogDelivery)/i;

/** The calls of a service that a statement allows, as a pattern of actions. */
export interface Call {
  readonly service: string;
  readonly action: string;
  /** Whether only the deployment decides that they are allowed. */
  readonly undecided: boolean;
}

/** Every call of a model, an agent or what stands before one that a statement allows. */
export function callsOf({ map, scope }: Statement): Call[] {
  if (map.Action === undefined && map.NotAction !== undefined) return callsBut(elements(map.NotAction, scope));
  return elements(map.Action, scope).flatMap((pattern) => callsIn(pattern));
}

/** Everything that a statement allows. */
export function actionsOf({ map, scope }: Statement): Call[] {
  if (map.Action === undefined) return [{ service: '*', action: '*', undecided: false }];
  return elements(map.Action, scope).map((pattern) => {
    const [service = '', action = '*'] = pattern.split(':');
    return { service, action, undecided: hasHoles(pattern) };
  });
}

/** A part that is known only at deploy may be anything. */
export const holesAsWildcards = (pattern: string) => pattern.replace(new RegExp(`[${OPEN}${MANY}]`, 'g'), '*');
export const hasHoles = (text: string) => text.includes(OPEN) || text.includes(MANY);

function callsIn(text: string): Call[] {
  const [service = '', name = '*'] = holesAsWildcards(text).replaceAll(OWN, '*').split(':');
  const undecided = hasHoles(text) || text.includes(OWN);
  return [
    ...(HARMLESS.test(name) ? [] : bedrockServices(service).map((one) => ({ service: one, action: name, undecided }))),
    ...(covers(service, 'sagemaker') && reachesEndpoint(name)
      ? [{ service: 'sagemaker', action: 'InvokeEndpoint*', undecided }]
      : []),
  ];
}

/** The services that a pattern covers; one that begins like Bedrock and isn't known yet is taken as it is written. */
function bedrockServices(pattern: string): string[] {
  const known = BEDROCK.filter((service) => covers(pattern, service));
  return known.length === 0 && /^bedrock/i.test(pattern) ? [pattern.toLowerCase()] : known;
}

const reachesEndpoint = (name: string) =>
  /^InvokeEndpoint/i.test(name) || covers(name, 'InvokeEndpoint') || covers(name, 'InvokeEndpointAsync');

/** What is left when all actions but some are allowed. */
function callsBut(excluded: readonly string[]): Call[] {
  const undecided = excluded.some((pattern) => hasHoles(pattern));
  return [...BEDROCK.map((service) => [service, '*']), ['sagemaker', 'InvokeEndpoint*']].flatMap(
    ([service = '', action = '']) =>
      excluded.some((pattern) => coversCall(pattern, { service, action, undecided }))
        ? []
        : [{ service, action, undecided }],
  );
}

/** Whether a pattern of actions holds for every call of another pattern. */
export function coversCall(pattern: string, { service, action }: Call): boolean {
  // A `?` would take the other pattern's `*` for a letter.
  return !(pattern.includes('?') && action.includes('*')) && covers(pattern, `${service}:${action}`);
}
