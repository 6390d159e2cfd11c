import type { ResidencyBoundary } from '../../boundary/boundary';
import { regionsAllowed } from '../iam/allowed-regions';
import { isConfined } from '../iam/confined';
import { actionsOf, type Call, callsOf, hasPlaceholders, placeholdersAsWildcards } from '../iam/invocations';
import { widePolicy } from '../iam/managed-policy';
import { tooWide } from '../iam/wide-resource';
import type { ResourceRule, Violation } from '../rule/rule';
import { refusedPlaces } from '../scan/places-in-text';
import { expandAll, texts } from '../template/expand';
import { Reference, spelled, Unresolved } from '../template/node';
import {
  elements,
  IDENTITY_POLICY_TYPES,
  isUnread,
  managedPolicies,
  type Statement,
  statementsOf,
} from '../template/policy-statements';
import type { Selected } from '../template/resource';

export const iamReach: ResourceRule = {
  id: 'iam-reach',
  title: 'A policy grants no access outside the boundary',
  why: 'A principal with this permission can use it from inside the boundary; the data then leaves through a call that no other property shows.',
  fix: "List ARNs inside the boundary, or add a condition on 'aws:RequestedRegion' that lists only Regions inside it.",
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html',
  appliesTo: IDENTITY_POLICY_TYPES,

  *check(resource, { boundary }) {
    for (const item of statementsOf(resource)) {
      if (isUnread(item))
        yield { path: item.path, level: 'unresolved', detail: `a policy can't be read: ${item.reason}` };
      else if (!denies(item)) {
        const found = [...accessOf(item, boundary)];
        yield* found.length > 0 ? found : regionsAllowed(item, boundary);
      }
    }
    for (const policy of managedPolicies(resource)) yield* accessOfManaged(policy);
  },
};

function* accessOfManaged({ path, value }: Selected): Generator<Violation> {
  const level = 'unresolved';
  if (value instanceof Unresolved) {
    yield { path, level, detail: `a managed policy can't be decided: ${value.reason}` };
  } else if (value instanceof Reference) {
    // A policy in the app is checked where it is defined.
    if (!value.isOwnedByApp)
      yield { path, level, detail: `a managed policy is returned by '${value.logicalId}' at deployment` };
  } else {
    const text = spelled(value);
    const wide = widePolicy(text);
    if (wide) yield { path, value: wide.name, level, detail: `the policy '${wide.name}' ${wide.allows}` };
    else if (hasPlaceholders(text))
      yield { path, value: text, level, detail: 'which managed policy it is, is known only at deployment' };
  }
}

function* accessOf(statement: Statement, boundary: ResidencyBoundary): Generator<Violation> {
  const { path, map, scope } = statement;
  const allowed = callsOf(statement);
  const calls = isConfined(statement, allowed, boundary) ? [] : allowed;
  if (calls.length > 0 && expandAll(map.Resource, scope).includes(undefined))
    yield { path, ...levelOf(calls), detail: "Bedrock is allowed on everything that NotResource doesn't exclude" };
  const confined = isConfined(statement, actionsOf(statement), boundary);
  for (const text of elements(map.Resource, scope)) {
    const wide = wideness(text, calls, boundary);
    if (wide) yield { path: `${path}/Resource`, value: text, ...wide };
    else if (!confined) yield* placesOf(text, statement, boundary);
  }
}

/** An effect known only at deployment may be `Allow`. */
function denies({ map, scope }: Statement): boolean {
  const effects = texts(map.Effect, scope);
  return effects.length > 0 && effects.every((effect) => effect === 'Deny');
}

function wideness(
  text: string,
  calls: readonly Call[],
  boundary: ResidencyBoundary,
): Omit<Violation, 'path'> | undefined {
  const decided = calls.filter((call) => !call.undecided);
  const certain = tooWide(text, servicesOf(decided), boundary);
  if (certain) return { detail: certain };
  const possible = tooWide(placeholdersAsWildcards(text), servicesOf(calls), boundary);
  if (!possible) return undefined;
  const missing = hasPlaceholders(text) ? 'the resource' : 'the action';
  return { level: 'unresolved', detail: `${missing} is known only at deployment; it may be that ${possible}` };
}

const servicesOf = (calls: readonly Call[]) => [...new Set(calls.map(({ service }) => service))];

const levelOf = (calls: readonly Call[]): Pick<Violation, 'level'> =>
  calls.every(({ undecided }) => undecided) ? { level: 'unresolved' } : {};

function* placesOf(text: string, { path, scope }: Statement, boundary: ResidencyBoundary): Generator<Violation> {
  for (const { value, decision } of refusedPlaces(boundary, text, scope.deployRegion)) {
    const level = decision.reason === 'placeless' ? 'unresolved' : 'block';
    yield {
      path: `${path}/Resource`,
      value,
      level,
      place: decision.place,
      detail: `a permission outside the boundary: ${decision.detail}`,
    };
  }
}
