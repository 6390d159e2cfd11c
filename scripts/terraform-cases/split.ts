import { isMap } from '../../lib/guard/template/node';
import type { Json } from '../../lib/guard/template/parse';

/** The plan of one module that the root module calls, out of a plan of many: everything else stays as Terraform wrote it. */
export function planOfModule(plan: Json, name: string): Json {
  const isIn = (address: unknown) => String(address).startsWith(`module.${name}.`);
  const rootOf = (node: unknown): Json => (isMap(node) && isMap(node.root_module) ? node.root_module : {});
  const children = (node: unknown) => {
    const all = rootOf(node).child_modules;
    return (Array.isArray(all) ? all : []).filter((child: Json) => child.address === `module.${name}`);
  };
  const configuration = isMap(plan.configuration) ? plan.configuration : {};
  const calls = rootOf(configuration).module_calls as Json;
  const state = isMap(plan.prior_state) ? plan.prior_state : {};
  return {
    ...plan,
    planned_values: { root_module: { child_modules: children(plan.planned_values) } },
    resource_changes: (plan.resource_changes as Json[]).filter(({ address }) => isIn(address)),
    prior_state: { ...state, values: { root_module: { child_modules: children(state.values) } } },
    configuration: {
      ...configuration,
      root_module: { ...rootOf(configuration), module_calls: { [name]: calls[name] } },
    },
  };
}
