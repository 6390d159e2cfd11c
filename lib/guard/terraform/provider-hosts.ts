import { checkHost } from '../places/check-host';
import type { ResourceRule } from '../rule/rule';
import { hostUnknown } from '../rules/host-unknown';
import { placeOutside } from '../rules/place-outside';
import { isMap, Unresolved } from '../template/node';
import type { Json } from '../template/parse';
import type { Expression } from './configuration';
import { constantOf } from './constant';
import { Origins } from './converted';
import type { Plan, PlannedResource, ProviderConfiguration } from './plan';
import type { PlanResource } from './plan-resource';
import { isOfAws } from './providers';

/** Arguments of a provider block that name where it sends requests. */
const HOSTS = ['endpoints', 'http_proxy', 'https_proxy', 'sts_region'];
/** Names a Region, not a host. */
const STS_REGION = 'sts_region';

/** The provider blocks of resources that send requests to hosts of their own, each as a resource. */
export function providerHosts(resources: readonly PlannedResource[], plan: Plan): PlanResource[] {
  const keys = new Set<string>();
  for (const { provider, configuration } of resources) {
    const key = configuration?.provider_config_key;
    if (key !== undefined && !keys.has(key) && isOfAws(provider)) keys.add(key);
  }
  return [...keys].flatMap((key) => {
    const provider = plan.provider(key);
    const hosts = provider && argumentsOf(provider, HOSTS, (one) => hostOf(one, plan, provider.modules));
    if (provider === undefined || hosts === undefined || Object.keys(hosts).length === 0) return [];
    const sensitive = argumentsOf(provider, HOSTS, (one) => constantOf(one, plan, provider.modules).isSecret);
    return [asResource(key, hosts, sensitive)];
  });
}

function hostOf(expression: Expression, plan: Plan, modules: readonly string[]): unknown {
  const { value } = constantOf(expression, plan, modules);
  if (value !== undefined || expression.references === undefined) return value ?? undefined;
  return new Unresolved("the plan doesn't contain the text of its expression");
}

/** Arguments that are set, with each of their expressions replaced. */
function argumentsOf({ expressions }: ProviderConfiguration, names: readonly string[], of: Replace): Json {
  const entries = names.map((name) => [name, replaced(expressions[name], of)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

type Replace = (expression: Expression) => unknown;

function replaced(node: unknown, of: Replace): unknown {
  if (Array.isArray(node)) return node.map((one) => replaced(one, of));
  if (!isMap(node)) return undefined;
  if (Object.hasOwn(node, 'constant_value') || Object.hasOwn(node, 'references')) return of(node);
  return Object.fromEntries(Object.entries(node).map(([name, one]) => [name, replaced(one, of)]));
}

const asResource = (key: string, hosts: Json, sensitive: Json): PlanResource => ({
  address: `provider.${key}`,
  type: TYPE,
  checkedAs: TYPE,
  raw: { Type: TYPE, Properties: hosts },
  sensitive,
  place: 'nowhere',
  rules: RULES,
  origins: () => new Origins(),
});

const TYPE = 'provider';

const hostOfProvider: ResourceRule = {
  ...hostUnknown,
  appliesTo: '*',

  *check(resource, context) {
    for (const name of HOSTS)
      for (const selected of [[], ['*'], ['*', '*']].flatMap((below) => resource.select(name, ...below)))
        if (selected.value instanceof Unresolved || (typeof selected.value === 'string' && name !== STS_REGION))
          yield* checkHost(selected, context);
  },
};

const RULES = [placeOutside, hostOfProvider];
