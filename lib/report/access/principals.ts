import { expand, texts } from '../../guard/template/expand';
import { isMap, type Node, Reference } from '../../guard/template/node';
import { readable } from '../../guard/template/placeholder';
import { isUnread, statementsOfProperty } from '../../guard/template/policy-statements';
import type { Scope } from '../../guard/template/scope';
import { type Assembly, nameIn, type Placed } from './assembly';
import type { Principal } from './key-access';

const ANYBODY: Principal = { who: 'anybody', kind: 'anybody' };
const ACCOUNT = /^(?:arn:[^:]*:iam::(.+):root|(\d{12}))$/s;

/** The principals of a statement in a resource's policy; roles of the assembly by their constructs. */
export function principalsOf(
  map: Readonly<Record<string, unknown>>,
  scope: Scope,
  stack: string,
  assembly: Assembly,
): Principal[] {
  if (map.Principal === undefined) {
    return [{ who: 'every principal except those in NotPrincipal', kind: 'unknown' }];
  }
  return expand(map.Principal, scope).flatMap((principal): Principal[] => {
    if (principal === '*') return [ANYBODY];
    if (!isMap(principal)) return [{ who: 'a principal that is known only at deployment', kind: 'unknown' }];
    return Object.entries(principal).flatMap(([kind, values]) =>
      itemsOf(values, scope).map((value) => principalOf(kind, value, stack, assembly)),
    );
  });
}

/** The identities that a condition on a principal's ARN names; roles of the assembly by their constructs. */
export const identitiesNamed =
  (scope: Scope, stack: string, assembly: Assembly) =>
  (values: unknown): Principal[] =>
    itemsOf(values, scope).map((value) => ({ ...principalOf('AWS', value, stack, assembly), kind: 'identity' }));

const itemsOf = (values: unknown, scope: Scope): Node[] =>
  expand(values, scope).flatMap((value) =>
    Array.isArray(value) ? value.flatMap((item) => expand(item, scope)) : [value],
  );

function principalOf(kind: string, value: Node, stack: string, assembly: Assembly): Principal {
  if (value instanceof Reference) {
    const placed = assembly.find(value, stack);
    return placed?.resource.type.startsWith('AWS::IAM::')
      ? identityOf(placed, stack, assembly)
      : { who: `the value of '${value.logicalId}' at deployment`, kind: 'unknown' };
  }
  if (typeof value !== 'string') return { who: 'a principal that is known only at deployment', kind: 'unknown' };
  if (kind === 'Service') return { who: readable(value), kind: 'service' };
  if (value === '*') return ANYBODY;
  const account = ACCOUNT.exec(value);
  if (kind === 'AWS' && account !== null) {
    return { who: `account ${readable(account[1] ?? account[2] ?? '')}`, kind: 'account' };
  }
  return { who: readable(value), kind: 'identity' };
}

/** An identity of the assembly as it is named next to a key of a stack, with the principals that can assume it. */
export function identityOf(placed: Placed, stack: string, assembly: Assembly): Principal {
  const who = nameIn(stack, placed);
  if (placed.resource.type !== 'AWS::IAM::Role') return { who, kind: 'identity' };
  const trusted = statementsOfProperty(placed.resource, 'AssumeRolePolicyDocument').flatMap((statement) => {
    if (isUnread(statement)) return ['<unresolved>'];
    const { map, scope } = statement;
    if (!texts(map.Effect, scope).includes('Allow')) return [];
    return principalsOf(map, scope, placed.stack, assembly).map((principal) => principal.who);
  });
  return { who, kind: 'identity', assumedBy: [...new Set(trusted)] };
}
