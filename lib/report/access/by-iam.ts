import { PARTITIONS } from '../../facts/generated/partitions';
import { expand, texts } from '../../guard/template/expand';
import { Reference } from '../../guard/template/node';
import { OWN_VALUE, readable, TOO_MANY, UNRESOLVED } from '../../guard/template/placeholder';
import { elements, type Statement } from '../../guard/template/policy-statements';
import type { Scope } from '../../guard/template/scope';
import { covers } from '../../guard/template/wildcard';
import type { Placed } from './assembly';
import { queriedBy } from './conditions';
import type { Held, identityStatements } from './identities';
import type { AccessEntry, KeyRight } from './key-access';
import { atDeployment } from './protected';

/** The actions of each right. A re-encryption moves content to another key, which others may be able to use. */
const RIGHTS: Readonly<Record<KeyRight, readonly string[]>> = {
  decrypt: ['kms:Decrypt', 'kms:ReEncryptFrom'],
  lend: ['kms:CreateGrant'],
  'rewrite policy': ['kms:PutKeyPolicy'],
};

export const KEY_RIGHTS = Object.keys(RIGHTS) as KeyRight[];

/** The rights that a statement allows or denies. */
export function rightsOf({ map, scope }: Statement, unknown: string[]): KeyRight[] {
  const { Action, NotAction } = map;
  const patterns = elements(Action ?? NotAction, scope);
  if (patterns.some((pattern) => PLACEHOLDERS.some((placeholder) => pattern.includes(placeholder)))) {
    unknown.push('a statement of its policy has an action that is known only at deployment');
  }
  const isNamed = (action: string) => patterns.some((pattern) => covers(pattern, action));
  return KEY_RIGHTS.filter((right) =>
    RIGHTS[right].some((action) => (Action === undefined ? !isNamed(action) : isNamed(action))),
  );
}

/** Identities of the assembly whose own policies allow it. Denials elsewhere in IAM aren't considered. */
export const leftToIam = (key: Placed, can: KeyRight, identities: Identities): AccessEntry[] =>
  allowedBy(identities, can, (one) => isAbout(one, key), key.stack);

/** Identities of the assembly whose own policies name a key of another place. They can use it as far as its policy lets them. */
export const namedWith = (key: string, can: KeyRight, identities: Identities): AccessEntry[] =>
  allowedBy(identities, can, (one) => isNamedIn(one, key), '');

type Identities = Pick<ReturnType<typeof identityStatements>, 'held'>;

const allowedBy = (
  { held }: Identities,
  can: KeyRight,
  isAbout: (one: Held) => boolean,
  besides: string,
): AccessEntry[] =>
  allowing(held, can)
    .filter(isAbout)
    .flatMap((one) => {
      const { only: _, ...queried } = queriedBy(one.statement.map.Condition, one.statement.scope, () => []);
      return one.of(besides).map((identity) => ({ ...identity, can, by: 'IAM policy' as const, ...queried }));
    });

/** The statements that allow a right, whatever the key: each key of a deployment with many workspaces asks for the same ones. */
function allowing(held: readonly Held[], can: KeyRight): readonly Held[] {
  const known = byRight.get(held) ?? new Map<KeyRight, readonly Held[]>();
  byRight.set(held, known);
  const found =
    known.get(can) ??
    held
      .filter(({ statement }) => texts(statement.map.Effect, statement.scope).includes('Allow'))
      .filter(({ statement }) => rightsOf(statement, []).includes(can));
  known.set(can, found);
  return found;
}

const byRight = new WeakMap<readonly Held[], Map<KeyRight, readonly Held[]>>();

/** Whether a statement of IAM may be about a key: by a reference to it, or by a pattern that matches an ARN of KMS. */
function isAbout({ stack, statement: { map, scope } }: Held, key: Placed): boolean {
  if (map.Resource === undefined) return map.NotResource !== undefined;
  return resourcesIn(map.Resource, scope).some((value) => {
    if (value instanceof Reference) {
      return value.logicalId === key.resource.logicalId && (value.stack ?? stack) === key.stack;
    }
    if (typeof value !== 'string') return true;
    // Without a wildcard, it is the ARN of an existing key.
    return isPattern(value)
      ? KEY_ARNS.some((arn) => covers(asPattern(value).split(':').slice(0, 3).join(':'), arn)) || /^[*?]+$/.test(value)
      : false;
  });
}

/** Whether a statement of IAM names a key that the assembly doesn't define: by its ARN or ID, or by a pattern. */
function isNamedIn({ statement: { map, scope } }: Held, key: string): boolean {
  if (map.Resource === undefined) return map.NotResource !== undefined;
  return resourcesIn(map.Resource, scope).some((value) => {
    if (value instanceof Reference) return atDeployment(value) === key;
    if (typeof value !== 'string') return true;
    return readable(value) === key || value.endsWith(`:key/${key}`) || covers(asPattern(value), key);
  });
}

/** How the ARN of a key begins in each partition. */
const KEY_ARNS = PARTITIONS.map(({ partition }) => `arn:${partition}:kms`);

const PLACEHOLDERS = [UNRESOLVED, OWN_VALUE, TOO_MANY];

const isPattern = (value: string) => /[*?]/.test(value) || PLACEHOLDERS.some((one) => value.includes(one));

const asPattern = (value: string) => value.replace(/[\uE000-\uE002]/g, '*');

const resourcesIn = (node: unknown, scope: Scope) =>
  expand(node, scope).flatMap((value) =>
    Array.isArray(value) ? value.flatMap((item) => expand(item, scope)) : [value],
  );
