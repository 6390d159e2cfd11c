import { expand, texts } from '../../guard/template/expand';
import { isMap, Reference } from '../../guard/template/node';
import { elements, isUnread, type Statement, statementsOfProperty } from '../../guard/template/policy-statements';
import { covers } from '../../guard/template/wildcard';
import { constructPath } from '../construct-path';
import { type Assembly, nameIn, type Placed } from './assembly';
import type { Held, identityStatements } from './identities';
import type { Principal, SecretAccess, SecretEntry, SecretRight } from './key-access';
import { identitiesNamed } from './principals';

/** The actions of each right. */
const RIGHTS: Readonly<Record<SecretRight, readonly string[]>> = {
  read: ['secretsmanager:GetSecretValue'],
  set: [
    'secretsmanager:PutSecretValue',
    'secretsmanager:UpdateSecret',
    'secretsmanager:UpdateSecretVersionStage',
    'secretsmanager:RotateSecret',
  ],
  'rewrite policy': ['secretsmanager:PutResourcePolicy', 'secretsmanager:DeleteResourcePolicy'],
};

const RIGHT_NAMES = Object.keys(RIGHTS) as SecretRight[];

type Identities = ReturnType<typeof identityStatements>;

/**
 * The principals that can read and change each secret of an assembly that has a policy of its own, by that policy and the IAM policies of the
 * assembly. Without one, the secret's key decides, and IAM.
 */
export const accessToSecrets = (assembly: Assembly, identities: Identities): SecretAccess[] =>
  assembly.ofType('AWS::SecretsManager::Secret').flatMap((secret) => {
    const policies = policiesOf(secret, assembly);
    if (policies.length === 0) return [];
    const { entries, unknown } = found(secret, policies, assembly, identities);
    const { stack, region, resource } = secret;
    return [{ stack, secret: constructPath(resource), region, entries, unknown: [...new Set(unknown)] }];
  });

function found(secret: Placed, policies: readonly Placed[], assembly: Assembly, identities: Identities) {
  const unknown: string[] = [];
  const statements = policies.flatMap((policy) =>
    statementsOfProperty(policy.resource, 'ResourcePolicy').flatMap((statement) => {
      if (!isUnread(statement)) return [statement];
      unknown.push(`its policy can't be read: ${statement.reason}`);
      return [];
    }),
  );
  if (statements.some(({ map, scope }) => texts(map.Effect, scope).includes('Allow')))
    unknown.push('its policy allows principals itself, who are not listed');
  const entries = RIGHT_NAMES.flatMap((can) =>
    RIGHTS[can].flatMap((action): SecretEntry[] => {
      const byIam = holdersOf(secret, action, identities);
      const denials = statements.filter((one) => isDenial(one, action));
      const only = denials.flatMap((one) => exceptionsOf(one, secret.stack, assembly) ?? []);
      if (denials.some((one) => exceptionsOf(one, secret.stack, assembly) === undefined)) return [];
      if (denials.length === 0) {
        unknown.push(`its policy leaves '${can}' to IAM, and not every IAM policy of the account was read`);
        return [...byIam, EVERY].map((one) => ({ ...one, can }));
      }
      // An identity of the assembly needs a permission of its own. Those of another one are unknown.
      const names = new Set(only.map(({ who }) => who));
      const inAssembly = new Set(assembly.resources.map((placed) => nameIn(secret.stack, placed)));
      return [
        ...byIam.filter(({ who }) => names.has(who)),
        ...only.filter(({ who }) => !inAssembly.has(who) && !byIam.some((one) => one.who === who)),
      ].map((one) => ({ ...one, can }));
    }),
  );
  return { entries: unique(entries), unknown };
}

const EVERY: Principal = { who: 'the account', kind: 'account' };

const policiesOf = (secret: Placed, assembly: Assembly): Placed[] =>
  assembly
    .ofType('AWS::SecretsManager::ResourcePolicy')
    .filter(({ stack, resource }) =>
      resource.select('SecretId').some(({ value }) => isReferenceTo(value, secret, stack)),
    );

const isReferenceTo = (value: unknown, { stack, resource }: Placed, from: string): boolean =>
  value instanceof Reference && value.logicalId === resource.logicalId && (value.stack ?? from) === stack;

/** Whether a statement of the secret's policy denies an action to every principal, perhaps with exceptions. */
const isDenial = ({ map, scope }: Statement, action: string): boolean =>
  texts(map.Effect, scope).includes('Deny') &&
  expand(map.Principal, scope).some((principal) => principal === '*') &&
  elements(map.Action, scope).some((pattern) => covers(pattern, action));

/** The principals that a denial excepts by their ARNs; none listed if it has no condition, or another one: then it may not apply. */
function exceptionsOf({ map, scope }: Statement, stack: string, assembly: Assembly): Principal[] | undefined {
  if (map.Condition === undefined) return undefined;
  return expand(map.Condition, scope).flatMap((condition) => {
    const keys = isMap(condition) ? condition.ArnNotEquals : undefined;
    return isMap(keys) ? identitiesNamed(scope, stack, assembly)(keys['aws:PrincipalArn']) : [];
  });
}

/** The identities of the assembly whose own policies allow an action on the secret. */
const holdersOf = (secret: Placed, action: string, { held }: Identities): Principal[] =>
  held
    .filter(({ statement: { map, scope } }) => texts(map.Effect, scope).includes('Allow') && names(map, scope, action))
    .filter((one) => isAbout(one, secret))
    .flatMap((one) => one.of(secret.stack));

const names = (map: Statement['map'], scope: Statement['scope'], action: string): boolean =>
  map.Action === undefined
    ? !elements(map.NotAction, scope).some((pattern) => covers(pattern, action))
    : elements(map.Action, scope).some((pattern) => covers(pattern, action));

/** Whether a statement of IAM may be about a secret: by a reference to it, or by a pattern that matches an ARN of Secrets Manager. */
function isAbout({ stack, statement: { map, scope } }: Held, secret: Placed): boolean {
  if (map.Resource === undefined) return map.NotResource !== undefined;
  return expand(map.Resource, scope)
    .flatMap((value) => (Array.isArray(value) ? value.flatMap((item) => expand(item, scope)) : [value]))
    .some((value) => {
      if (value instanceof Reference) return isReferenceTo(value, secret, stack);
      if (typeof value !== 'string') return true;
      return /^[*?]+$/.test(value) || /^arn:[^:]*:(?:secretsmanager|\*):/.test(value);
    });
}

const unique = <T>(entries: readonly T[]): T[] => [
  ...new Map(entries.map((one) => [JSON.stringify(one), one])).values(),
];
