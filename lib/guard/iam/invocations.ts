import { OWN_VALUE, TOO_MANY, UNRESOLVED } from '../template/placeholder';
import { elements, type Statement } from '../template/policy-statements';
import { covers } from '../template/wildcard';

/** IAM prefixes of the services that receive content for a model or an agent. */
const BEDROCK = ['bedrock', 'bedrock-agentcore', 'bedrock-mantle'];

/**
 * Actions that send no content to a model: they read, tag, stop or delete existing resources. Every other Bedrock action
 * counts as a call, so that an action that AWS adds later isn't missed.
 */
const HARMLESS =
  /^(?:Get|List|Describe|Tag|Untag|Delete|BatchDelete|Stop|Cancel|Disassociate|CallWithBearerToken|AllowVendedLogDelivery)/i;

/** Calls to a service that a statement allows, as an action pattern. */
export interface Call {
  readonly service: string;
  readonly action: string;
  /** Whether it is known only at deployment that they are allowed. */
  readonly undecided: boolean;
}

/** Every call to a model, an agent or an intermediary that a statement allows. */
export function callsOf({ map, scope }: Statement): Call[] {
  if (map.Action === undefined && map.NotAction !== undefined) return callsBut(elements(map.NotAction, scope));
  return elements(map.Action, scope).flatMap((pattern) => callsIn(pattern));
}

/** Every action that a statement allows. */
export function actionsOf({ map, scope }: Statement): Call[] {
  if (map.Action === undefined) return [{ service: '*', action: '*', undecided: false }];
  return elements(map.Action, scope).map((pattern) => {
    const [service = '', action = '*'] = pattern.split(':');
    return { service, action, undecided: hasPlaceholders(pattern) };
  });
}

/** A part known only at deployment may be anything. */
export const placeholdersAsWildcards = (pattern: string) =>
  pattern.replace(new RegExp(`[${UNRESOLVED}${TOO_MANY}]`, 'g'), '*');
export const hasPlaceholders = (text: string) => text.includes(UNRESOLVED) || text.includes(TOO_MANY);

function callsIn(text: string): Call[] {
  const [service = '', name = '*'] = placeholdersAsWildcards(text).replaceAll(OWN_VALUE, '*').split(':');
  const undecided = hasPlaceholders(text) || text.includes(OWN_VALUE);
  return [
    ...(HARMLESS.test(name) ? [] : bedrockServices(service).map((one) => ({ service: one, action: name, undecided }))),
    ...(covers(service, 'sagemaker') && reachesEndpoint(name)
      ? [{ service: 'sagemaker', action: 'InvokeEndpoint*', undecided }]
      : []),
  ];
}

/** The services that a pattern covers; an unknown service whose name begins with `bedrock` is used as written. */
function bedrockServices(pattern: string): string[] {
  const known = BEDROCK.filter((service) => covers(pattern, service));
  return known.length === 0 && /^bedrock/i.test(pattern) ? [pattern.toLowerCase()] : known;
}

const reachesEndpoint = (name: string) =>
  /^InvokeEndpoint/i.test(name) || covers(name, 'InvokeEndpoint') || covers(name, 'InvokeEndpointAsync');

/** The calls that remain if all actions except some are allowed. */
function callsBut(excluded: readonly string[]): Call[] {
  const undecided = excluded.some((pattern) => hasPlaceholders(pattern));
  return [...BEDROCK.map((service) => [service, '*']), ['sagemaker', 'InvokeEndpoint*']].flatMap(
    ([service = '', action = '']) =>
      excluded.some((pattern) => coversCall(pattern, { service, action, undecided }))
        ? []
        : [{ service, action, undecided }],
  );
}

/** Whether an action pattern covers every call of another pattern. */
export function coversCall(pattern: string, { service, action }: Call): boolean {
  // A `?` would match the other pattern's `*` as a character.
  return !(pattern.includes('?') && action.includes('*')) && covers(pattern, `${service}:${action}`);
}
