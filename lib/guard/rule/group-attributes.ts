import { Reference, spelled } from '../template/node';
import { knownText, type Resource, resourcesOf } from '../template/resource';
import type { ExportedValue, Scope } from '../template/scope';
import type { RuleContext } from './rule';

const POOL = 'AWS::Cognito::UserPool';

/** Names of claims and attributes with a user's groups or roles, with those of eduPerson, but not of an age group. */
const GROUPS =
  /(?<!(?:age|blood|focus)[_-]?)(?:group|role)s?(?:[_-]?(?:id|name)s?)?$|member[_-]?of$|(?:entitle|affilia)\w+$|^wids$|5923\.1\.(?:1\.1\.[157]|5\.1\.1)$/i;
const isOfGroups = (name = '') => GROUPS.test(name);

/**
 * Whether a client may write an attribute that an identity provider of its pool fills in from groups or roles.
 *
 * @returns none if that is only known at deployment, or if the pool and its providers aren't in the app and an attribute's name is one of groups
 */
export function writesGroups(client: Resource, { scope, stack }: RuleContext): boolean | undefined {
  const writes = client.select('WriteAttributes', '*').map(({ value }) => knownText(value));
  const isDefault = client.mayLack('WriteAttributes');
  const pools = poolsOf(client, stack);
  // A pool of another stack has its providers there.
  const scopes = new Map([...scopesIn(scope.exports), ...scopesIn(scope.parameters)]).set(stack, scope);
  let isKnown = pools.every((pool) => scopes.has(pool.replace(/\n.*/, '')));
  let isOpen = writes.includes(undefined);
  for (const [name, place] of scopes) {
    for (const provider of providersIn(place)) {
      if (!poolsOf(provider, name).some((pool) => pools.includes(pool))) continue;
      isKnown = true;
      for (const { path, value } of provider.select('AttributeMapping', '*')) {
        // None if the whole mapping is only known at deployment.
        const attribute = path.split('/')[3] ?? '';
        // The default has every standard attribute.
        const isWritten = writes.includes(attribute) || (isDefault && !attribute.startsWith('custom:'));
        const claim = knownText(value);
        if (isWritten && (isOfGroups(attribute) || isOfGroups(claim))) return true;
        if (claim === undefined && (isWritten || attribute === '')) isOpen = true;
      }
    }
  }
  return isOpen || (!isKnown && writes.some(isOfGroups)) ? undefined : false;
}

/** Each stack reads those of all others, so a hundred stacks would list a hundred times a hundred. */
const scopesOfValues = new WeakMap<Values, ReadonlyMap<string, Scope>>();
const providersOfScope = new WeakMap<Scope, readonly Resource[]>();

type Values = ReadonlyMap<string, ExportedValue>;

/** The scopes that values come from, by stack. */
function scopesIn(values: Values | undefined): ReadonlyMap<string, Scope> {
  if (values === undefined) return new Map();
  const known = scopesOfValues.get(values);
  if (known !== undefined) return known;
  const scopes = new Map([...values.values()].map((one) => [one.stack, one.scope]));
  scopesOfValues.set(values, scopes);
  return scopes;
}

function providersIn(scope: Scope): readonly Resource[] {
  const known = providersOfScope.get(scope);
  if (known !== undefined) return known;
  const providers = resourcesOf(scope).filter(({ type }) => type === `${POOL}IdentityProvider`);
  providersOfScope.set(scope, providers);
  return providers;
}

/** What identifies each possible pool: its stack and logical ID, or what is known of its ID. */
const poolsOf = (resource: Resource, stack: string): string[] =>
  resource
    .select('UserPoolId')
    .map(({ value }) =>
      value instanceof Reference && value.type === POOL
        ? `${value.stack ?? stack}\n${value.logicalId}`
        : (knownText(value) ?? spelled(value)),
    );
