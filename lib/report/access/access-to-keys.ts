import type { TemplateInput } from '../../guard/assembly/template-input';
import { expand, texts } from '../../guard/template/expand';
import { Reference } from '../../guard/template/node';
import { OWN_VALUE, TOO_MANY, UNRESOLVED } from '../../guard/template/placeholder';
import { elements, isUnread, type Statement, statementsOfProperty } from '../../guard/template/policy-statements';
import type { Scope } from '../../guard/template/scope';
import { covers } from '../../guard/template/wildcard';
import { constructPath } from '../construct-path';
import { Assembly, type Placed } from './assembly';
import { queriedBy } from './conditions';
import { type Held, identityStatements } from './identities';
import type { Access, AccessEntry, KeyAccess, KeyRight, Principal } from './key-access';
import { identitiesNamed, principalsOf } from './principals';
import { type KeyOf, shownStore, storesOf } from './protected';

/** The actions of each right. A re-encryption moves content to another key, which others may be able to use. */
const RIGHTS: Readonly<Record<KeyRight, readonly string[]>> = {
  decrypt: ['kms:Decrypt', 'kms:ReEncryptFrom'],
  lend: ['kms:CreateGrant'],
  'rewrite policy': ['kms:PutKeyPolicy'],
};

/** KMS gives a key without a policy the default: the account's IAM policies decide. */
const WITHOUT_POLICY =
  'it has no policy of its own, so KMS gives it the default policy, which leaves everything to IAM';

/**
 * The principals that can read the content under each key, by the policies of an assembly: first the keys that it defines.
 * Grants that are made at run time, and IAM policies elsewhere in the account, aren't included.
 */
export function accessTo(templates: readonly TemplateInput[]): Access {
  const assembly = new Assembly(templates);
  const under = new Map<KeyOf, Placed[]>();
  const { encrypted, withoutKey } = storesOf(assembly);
  for (const { key, store } of encrypted) under.set(key, [...(under.get(key) ?? []), store]);
  const identities = identityStatements(assembly);
  const own = assembly.resources.filter(({ resource }) => /^AWS::KMS::(?:Replica)?Key$/.test(resource.type));
  const keys = [
    ...own.map((key) => ({
      stack: key.stack,
      key: constructPath(key.resource),
      region: key.region,
      protects: (under.get(key) ?? []).map((store) => shownStore(store, key.stack)),
      ...byPolicies(key, assembly, identities),
    })),
    ...[...under].flatMap(([key, stores]) =>
      typeof key === 'string'
        ? [
            {
              key,
              region: [...new Set(stores.map(({ region }) => region))].join(', '),
              protects: stores.map((store) => shownStore(store, undefined)),
              entries: [],
              denied: [],
              unknown: ["its policy isn't in the assembly"],
            },
          ]
        : [],
    ),
  ];
  return { keys, withoutKey: withoutKey.map((store) => shownStore(store, undefined)) };
}

/** The access to a key of which only the policy is known, and nothing else of its account. */
export function accessOfKey(policy: unknown): Pick<KeyAccess, 'entries' | 'denied' | 'unknown'> {
  const template = { Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: asWritten(policy) } } } };
  const [found] = accessTo([{ file: '', stack: '', group: '', template }]).keys;
  const { entries, denied, unknown } = found as KeyAccess;
  return { entries, denied, unknown };
}

/** The policy of a deployed key is text: nothing in it is a function of CloudFormation. */
const asWritten = (policy: unknown): string => JSON.stringify(policy);

type Found = Pick<KeyAccess, 'entries' | 'denied' | 'unknown'>;

function byPolicies(key: Placed, assembly: Assembly, identities: ReturnType<typeof identityStatements>): Found {
  const { stack, resource } = key;
  const entries: AccessEntry[] = [];
  const denied: Omit<AccessEntry, 'by'>[] = [];
  const unknown: string[] = [];
  const statements = statementsOfProperty(resource, 'KeyPolicy');
  if (resource.mayLack('KeyPolicy')) {
    unknown.push(WITHOUT_POLICY);
    const account = { who: 'the account', kind: 'account' as const };
    for (const can of Object.keys(RIGHTS) as KeyRight[]) {
      entries.push({ ...account, can, by: 'key policy', ...FREELY }, ...leftToIam(key, can, identities));
    }
  }
  for (const statement of statements) {
    if (isUnread(statement)) {
      unknown.push(`its policy can't be read: ${statement.reason}`);
      continue;
    }
    const { map, scope } = statement;
    const principals = principalsOf(map, scope, stack, assembly);
    const { only, ...queried } = queriedBy(map.Condition, scope, identitiesNamed(scope, stack, assembly));
    for (const can of rightsOf(statement, unknown)) {
      for (const effect of texts(map.Effect, scope)) {
        const found = principals
          .flatMap((principal) => narrowed(principal, only))
          .map((who) => ({ ...who, can, ...queried }));
        if (effect === 'Deny') denied.push(...found);
        else entries.push(...found.map((entry) => ({ ...entry, by: 'key policy' as const })));
        // If the key's policy names only the account, the account's IAM policies decide.
        if (effect === 'Allow' && only.length === 0 && principals.some(({ kind }) => kind === 'account')) {
          entries.push(...leftToIam(key, can, identities).map((entry) => joined(entry, queried)));
        }
      }
    }
    for (const { who, kind } of principals) if (kind === 'unknown') unknown.push(`it names ${who}`);
  }
  if (entries.some(({ kind, can }) => kind === 'account' && can === 'decrypt')) {
    unknown.push('it leaves decrypting to IAM, and not every IAM policy of the account was read');
    for (const { in: where, reason } of identities.unread)
      unknown.push(`a policy of ${where} can't be read: ${reason}`);
  }
  const isDeniedToAll = (can: KeyRight) =>
    denied.some((one) => one.kind === 'anybody' && one.can === can && isFree(one));
  return {
    entries: unique(entries).filter(({ can }) => !isDeniedToAll(can)),
    denied: unique(denied),
    unknown: [...new Set(unknown)],
  };
}

const FREELY = { through: [], context: {}, conditions: [] };

const isFree = ({ through, context, conditions }: Pick<AccessEntry, 'through' | 'context' | 'conditions'>) =>
  through.length + conditions.length + Object.keys(context).length === 0;

/** A condition that names identities is more precise than the account, or every principal, that it narrows. */
const narrowed = (principal: Principal, only: readonly Principal[]): readonly Principal[] =>
  only.length === 0 ? [principal] : only;

/** The conditions of a statement of the key's policy and one of IAM together. */
const joined = (entry: AccessEntry, queried: Pick<AccessEntry, 'through' | 'context' | 'conditions'>): AccessEntry => ({
  ...entry,
  through: [...new Set([...entry.through, ...queried.through])],
  context: { ...entry.context, ...queried.context },
  conditions: [...new Set([...entry.conditions, ...queried.conditions])],
});

/** The rights that a statement allows or denies. */
function rightsOf({ map, scope }: Statement, unknown: string[]): KeyRight[] {
  const { Action, NotAction } = map;
  const patterns = elements(Action ?? NotAction, scope);
  if (
    patterns.some((pattern) => [UNRESOLVED, OWN_VALUE, TOO_MANY].some((placeholder) => pattern.includes(placeholder)))
  ) {
    unknown.push('a statement of its policy has an action that is known only at deployment');
  }
  const isNamed = (action: string) => patterns.some((pattern) => covers(pattern, action));
  return (Object.keys(RIGHTS) as KeyRight[]).filter((right) =>
    RIGHTS[right].some((action) => (Action === undefined ? !isNamed(action) : isNamed(action))),
  );
}

/** Identities of the assembly whose own policies allow it. Denials elsewhere in IAM aren't considered. */
const leftToIam = (
  key: Placed,
  can: KeyRight,
  { held }: Pick<ReturnType<typeof identityStatements>, 'held'>,
): AccessEntry[] =>
  held
    .filter(({ statement }) => texts(statement.map.Effect, statement.scope).includes('Allow'))
    .filter(({ statement }) => rightsOf(statement, []).includes(can))
    .filter((one) => isAbout(one, key))
    .flatMap((one) => {
      const { only: _, ...queried } = queriedBy(one.statement.map.Condition, one.statement.scope, () => []);
      return one.of(key.stack).map((identity) => ({ ...identity, can, by: 'IAM policy' as const, ...queried }));
    });

/** Whether a statement of IAM may be about a key: by a reference to it, or by a pattern that matches an ARN of KMS. */
function isAbout({ stack, statement: { map, scope } }: Held, key: Placed): boolean {
  if (map.Resource === undefined) return map.NotResource !== undefined;
  return resourcesIn(map.Resource, scope).some((value) => {
    if (value instanceof Reference) {
      return value.logicalId === key.resource.logicalId && (value.stack ?? stack) === key.stack;
    }
    if (typeof value !== 'string') return true;
    // Without a wildcard, it is the ARN of an existing key.
    return /[*?]/.test(value) || [UNRESOLVED, OWN_VALUE, TOO_MANY].some((placeholder) => value.includes(placeholder))
      ? covers(
          value
            .split(':')
            .slice(0, 3)
            .join(':')
            .replace(/[\uE000-\uE002]/g, '*'),
          'arn:aws:kms',
        ) || /^[*?]+$/.test(value)
      : false;
  });
}

const resourcesIn = (node: unknown, scope: Scope) =>
  expand(node, scope).flatMap((value) =>
    Array.isArray(value) ? value.flatMap((item) => expand(item, scope)) : [value],
  );

const unique = <T>(found: readonly T[]): T[] => [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
