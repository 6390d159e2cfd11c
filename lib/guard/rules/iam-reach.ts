import type { ResidencyBoundary } from '../../boundary/boundary';
import { isConfined } from '../iam/confined';
import { actionsOf, type Call, callsOf, hasHoles, holesAsWildcards } from '../iam/invocations';
import { tooWide } from '../iam/wide-resource';
import type { Breach, ResourceRule } from '../rule/rule';
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

/** Policies of AWS itself that allow Bedrock, or everything, in every Region; SAM takes the bare name too. */
const WIDE_POLICIES =
  /(?:^|:policy\/(?:job-function\/)?)(AdministratorAccess|PowerUserAccess|AmazonBedrockFullAccess|AmazonBedrockLimitedAccess)$/;

export const iamReach: ResourceRule = {
  id: 'iam-reach',
  title: 'A policy lets nobody reach outside',
  why: 'Whoever has the right can use it from inside: the data then leaves by a call that no other property shows.',
  fix: "Name the ARNs inside, or confine the statement by a condition on 'aws:RequestedRegion' that lists only Regions inside.",
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/geographic-cross-region-inference.html',
  appliesTo: IDENTITY_POLICY_TYPES,

  *check(resource, { boundary }) {
    for (const item of statementsOf(resource)) {
      if (isUnread(item))
        yield { path: item.path, level: 'unresolved', detail: `a policy can't be read: ${item.reason}` };
      else yield* reachOf(item, boundary);
    }
    for (const policy of managedPolicies(resource)) yield* managedReach(policy);
  },
};

function* managedReach({ path, value }: Selected): Generator<Breach> {
  const level = 'unresolved';
  if (value instanceof Unresolved) {
    yield { path, level, detail: `a managed policy can't be decided: ${value.reason}` };
  } else if (value instanceof Reference) {
    // A policy of the app is judged where it is defined.
    if (!value.isOwn) yield { path, level, detail: `a managed policy is what '${value.logicalId}' answers at deploy` };
  } else {
    const text = spelled(value);
    const name = WIDE_POLICIES.exec(text)?.[1];
    if (name) yield { path, value: name, level, detail: `the policy '${name}' allows Bedrock in every Region` };
    else if (hasHoles(text))
      yield { path, value: text, level, detail: 'which managed policy it is becomes known only at deploy' };
  }
}

function* reachOf(statement: Statement, boundary: ResidencyBoundary): Generator<Breach> {
  const { path, map, scope } = statement;
  if (denies(statement)) return;
  const allowed = callsOf(statement);
  const calls = isConfined(statement, allowed, boundary) ? [] : allowed;
  if (calls.length > 0 && expandAll(map.Resource, scope).includes(undefined))
    yield { path, ...levelOf(calls), detail: 'Bedrock is allowed on everything that NotResource leaves open' };
  const confined = isConfined(statement, actionsOf(statement), boundary);
  for (const text of elements(map.Resource, scope)) {
    const wide = wideness(text, calls, boundary);
    if (wide) yield { path: `${path}/Resource`, value: text, ...wide };
    else if (!confined) yield* placesOf(text, statement, boundary);
  }
}

/** What only the deployment decides may allow. */
function denies({ map, scope }: Statement): boolean {
  const effects = texts(map.Effect, scope);
  return effects.length > 0 && effects.every((effect) => effect === 'Deny');
}

function wideness(text: string, calls: readonly Call[], boundary: ResidencyBoundary): Omit<Breach, 'path'> | undefined {
  const decided = calls.filter((call) => !call.undecided);
  const certain = tooWide(text, servicesOf(decided), boundary);
  if (certain) return { detail: certain };
  const possible = tooWide(holesAsWildcards(text), servicesOf(calls), boundary);
  if (!possible) return undefined;
  const missing = hasHoles(text) ? 'the resource' : 'the action';
  return { level: 'unresolved', detail: `${missing} is known only at deploy, and with it may be that ${possible}` };
}

const servicesOf = (calls: readonly Call[]) => [...new Set(calls.map(({ service }) => service))];

const levelOf = (calls: readonly Call[]): Pick<Breach, 'level'> =>
  calls.every(({ undecided }) => undecided) ? { level: 'unresolved' } : {};

function* placesOf(text: string, { path, scope }: Statement, boundary: ResidencyBoundary): Generator<Breach> {
  for (const { value, decision } of refusedPlaces(boundary, text, scope.deployRegion)) {
    const level = decision.reason === 'placeless' ? 'unresolved' : 'block';
    yield {
      path: `${path}/Resource`,
      value,
      level,
      place: decision.place,
      detail: `a right outside: ${decision.detail}`,
    };
  }
}
