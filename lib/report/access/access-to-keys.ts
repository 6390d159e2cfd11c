import type { TemplateInput } from '../../guard/assembly/template-input';
import { texts } from '../../guard/template/expand';
import { isUnread, statementsOfProperty } from '../../guard/template/policy-statements';
import { constructPath } from '../construct-path';
import { Assembly, type Placed } from './assembly';
import { KEY_RIGHTS, leftToIam, namedWith, rightsOf } from './by-iam';
import { queriedBy } from './conditions';
import { identityStatements } from './identities';
import type { Access, AccessEntry, KeyAccess, KeyRight, Principal } from './key-access';
import { identitiesNamed, principalsOf } from './principals';
import { type KeyOf, shownStore, storesOf } from './protected';
import { accessToSecrets } from './secret-access';

/** KMS gives a key without a policy the default: the account's IAM policies decide. */
const WITHOUT_POLICY =
  'it has no policy of its own, so KMS gives it the default policy, which leaves everything to IAM';

/**
 * The principals that can read the content under each key, by the policies of an assembly: first the keys that it defines.
 * Grants that are made at run time, and IAM policies elsewhere in the account, aren't included. Of a key whose policy isn't in
 * the assembly, the identities are listed whose own policies allow its use.
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
              entries: unique(KEY_RIGHTS.flatMap((can) => namedWith(key, can, identities))),
              denied: [],
              unknown: ["its policy isn't in the assembly"],
            },
          ]
        : [],
    ),
  ];
  return {
    keys,
    withoutKey: withoutKey.map((store) => shownStore(store, undefined)),
    secrets: accessToSecrets(assembly, identities),
  };
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
    for (const can of KEY_RIGHTS) {
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

const unique = <T>(found: readonly T[]): T[] => [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
