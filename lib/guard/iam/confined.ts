import type { ResidencyBoundary } from '../../boundary/boundary';
import { expandAll, texts } from '../template/expand';
import { isMap } from '../template/node';
import { certainElements, elements, type Statement } from '../template/policy-statements';
import type { Scope } from '../template/scope';
import { covers } from '../template/wildcard';
import { type Call, coversCall, hasPlaceholders } from './invocations';

/** Every request has `aws:RequestedRegion`, so `IfExists` has no effect; `ForAllValues` also matches no values, so it is excluded. */
const ALLOWING = /^(?:ForAnyValue:)?String(?:Equals|Like|EqualsIgnoreCase)(?:IfExists)?$/;
const DENYING = /^String(?:NotEquals|NotLike|NotEqualsIgnoreCase)(?:IfExists)?$/;

/** Whether a condition of the statement, or a Deny next to it, permits only Regions inside the boundary in every variant. */
export function isConfined({ map, scope, siblings }: Statement, calls: readonly Call[], boundary: ResidencyBoundary) {
  const inside = (region: string) => boundary.containsRegion(region);
  return (
    // Each further condition narrows the statement, so one that lists the Regions is enough.
    expandAll(map.Condition, scope).every((condition) =>
      operatorsOf(condition, scope).some((variants) =>
        variants.every((pairs) => pairs.some(onlyRegions(ALLOWING, inside, scope))),
      ),
    ) ||
    siblings.some((variants) => variants.every((other) => isMap(other) && deniesOutside(other, calls, inside, scope)))
  );
}

type Map = Readonly<Record<string, unknown>>;
type Inside = (region: string) => boolean;

/** Each further condition or resource narrows a Deny, so it must have exactly this condition and every resource. */
function deniesOutside(map: Map, calls: readonly Call[], inside: Inside, scope: Scope): boolean {
  const effects = texts(map.Effect, scope);
  return (
    effects.length > 0 &&
    effects.every((effect) => effect === 'Deny') &&
    certainElements(map.Resource, scope).every((resources) => resources.includes('*')) &&
    calls.every((call) => deniesCall(map, call, scope)) &&
    expandAll(map.Condition, scope).every((condition) => {
      const pairs = pairsOf(condition, scope);
      return pairs.length === 1 && pairs.every(onlyRegions(DENYING, inside, scope));
    })
  );
}

function deniesCall({ Action, NotAction }: Map, call: Call, scope: Scope): boolean {
  if (Action === undefined && NotAction !== undefined)
    return elements(NotAction, scope).every(
      (pattern) => !hasPlaceholders(pattern) && !covers(pattern.split(':')[0] ?? '', call.service),
    );
  return certainElements(Action, scope).every((patterns) => patterns.some((pattern) => coversCall(pattern, call)));
}

/** One operator, one condition key, and the values that the key is compared with. */
interface Pair {
  readonly operator: string;
  readonly key: string;
  readonly values: unknown;
}

/** The pairs of operators with one variant each; the keys of any other operator are unknown. */
const pairsOf = (condition: unknown, scope: Scope): Pair[] =>
  operatorsOf(condition, scope).flatMap(([pairs = NOTHING, ...others]) => (others.length === 0 ? pairs : NOTHING));

/** For each operator of a condition, the comparisons of each variant. */
function operatorsOf(condition: unknown, scope: Scope): (readonly Pair[])[][] {
  if (!isMap(condition)) return [];
  return Object.entries(condition).map(([operator, node]) =>
    expandAll(node, scope).map((keys) =>
      isMap(keys) ? Object.entries(keys).map(([key, values]) => ({ operator, key, values })) : NOTHING,
    ),
  );
}

const NOTHING: readonly Pair[] = [{ operator: '', key: '', values: undefined }];

const onlyRegions =
  (operators: RegExp, inside: Inside, scope: Scope) =>
  ({ operator, key, values }: Pair): boolean => {
    const regions = elements(values, scope);
    return (
      operators.test(operator) &&
      key.toLowerCase() === 'aws:requestedregion' &&
      !expandAll(values, scope).includes(undefined) &&
      regions.length > 0 &&
      regions.every(inside)
    );
  };
