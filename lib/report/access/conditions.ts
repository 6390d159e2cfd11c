import { expandAll } from '../../guard/template/expand';
import { isMap } from '../../guard/template/node';
import { readable } from '../../guard/template/placeholder';
import { elements } from '../../guard/template/policy-statements';
import type { Scope } from '../../guard/template/scope';
import type { AccessEntry, Principal } from './key-access';

/** The conditions of a statement. */
export interface Queried extends Pick<AccessEntry, 'through' | 'context' | 'conditions'> {
  /** Identities that the call must come from; any that the principal includes if empty. */
  readonly only: readonly Principal[];
}

/** Reads the identities that a condition names. */
export type ReadIdentities = (values: unknown) => Principal[];

const EQUALS = /^(?:ForAnyValue:)?(?:StringEquals|StringLike|ArnEquals|ArnLike)$/;
const CONTEXT = 'kms:encryptioncontext:';

/** Reads a statement's `Condition`. A condition that isn't a plain comparison stays in IAM's terms; none is left out. */
export function queriedBy(condition: unknown, scope: Scope, identities: ReadIdentities): Queried {
  const through: string[] = [];
  const only: Principal[] = [];
  const context: Record<string, string[]> = {};
  const conditions: string[] = [];
  for (const { operator, key, values, given } of pairsOf(condition, scope)) {
    const name = key.toLowerCase();
    if (!EQUALS.test(operator) || values.length === 0) conditions.push(inWords(operator, key, values));
    else if (name === 'kms:viaservice') through.push(...values);
    else if (name === 'aws:principalarn') only.push(...identities(given));
    else if (name.startsWith(CONTEXT)) context[key.slice(CONTEXT.length)] = values;
    else conditions.push(inWords(operator, key, values));
  }
  return { through, only, context, conditions };
}

const inWords = (operator: string, key: string, values: readonly string[]): string =>
  `${operator} ${key} ${values.join(' or ') || '<unresolved>'}`;

function pairsOf(condition: unknown, scope: Scope) {
  return expandAll(condition, scope).flatMap((variant) => {
    if (variant === undefined) return [];
    if (!isMap(variant))
      return [{ operator: 'a condition', key: 'that is known only at deployment', values: [], given: undefined }];
    return Object.entries(variant).flatMap(([operator, node]) =>
      expandAll(node, scope).flatMap((keys) =>
        isMap(keys)
          ? Object.entries(keys).map(([key, given]) => ({
              operator,
              key,
              values: elements(given, scope).map(readable),
              given,
            }))
          : [{ operator, key: 'that is known only at deployment', values: [], given: undefined }],
      ),
    );
  });
}
