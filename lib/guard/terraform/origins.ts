import { isMap } from '../template/node';
import { stepsOf, withoutIndexes } from './address';
import type { Expression } from './configuration';
import type { Plan, PlannedResource } from './plan';
import { POLICY_DOCUMENT } from './policy-document';

/** What a value that is known only after the plan is applied depends on. */
export interface Origins {
  readonly resources: readonly PlannedResource[];
  /** Values of it that are known. */
  readonly known?: readonly unknown[];
  /** Why some of it can't be followed; none if all of it can. */
  readonly open?: string;
}

/** Where an expression is written. */
export interface Place {
  readonly plan: Plan;
  /** The modules around it, as in the address of a resource; one without an index stands for all its instances. */
  readonly modules: readonly string[];
  /** The `for_each` of the resource, for `each.value`. */
  readonly forEach?: Expression;
}

/** Longest chain of variables and outputs that is followed. */
const MAX_DEPTH = 40;

const NOTHING: Origins = { resources: [] };
const open = (reason: string): Origins => ({ resources: [], open: reason });

/** The resources behind an expression, through variables and outputs of modules. */
export function originsOf(node: unknown, place: Place, depth = 0): Origins {
  if (depth > MAX_DEPTH) return open('its expression leads through too many modules');
  if (Array.isArray(node)) return joined(node.map((item) => originsOf(item, place, depth + 1)));
  if (!isMap(node)) return open(NOT_SHOWN);
  const { references } = node as Expression;
  if (Array.isArray(references)) {
    // A reference to an attribute is listed with the resource that has it.
    const longest = references.filter(
      (one) => !references.some((other) => other !== one && /^[.[]/.test(rest(other, one))),
    );
    return joined(longest.map((reference) => originsOfName(reference, place, depth)));
  }
  if (Object.hasOwn(node, 'constant_value')) return { resources: [], known: [node.constant_value] };
  const inner = Object.values(node);
  return inner.length === 0 ? open(NOT_SHOWN) : joined(inner.map((one) => originsOf(one, place, depth + 1)));
}

/**
 * The resources behind all arguments of the module: what a value can come from whose expression a plan doesn't show. The resources of the
 * module itself are checked wherever they are.
 */
export function originsOfArguments({ plan, modules }: Place): Origins {
  const name = modules.at(-1);
  if (name === undefined) return open(NOT_SHOWN);
  const above = modules.slice(0, -1);
  const call = plan.module(above)?.module_calls?.[withoutIndexes(name)];
  return originsOf(Object.values(call?.expressions ?? {}), {
    plan,
    modules: above,
    forEach: call?.for_each_expression,
  });
}

const NOT_SHOWN = "the plan doesn't contain its expression";

const rest = (text: string, start: string) => (text.startsWith(start) ? text.slice(start.length) : '');

const joined = (all: readonly Origins[]): Origins => ({
  resources: [...new Set(all.flatMap(({ resources }) => resources))],
  known: all.flatMap(({ known = [] }) => known),
  open: all.find((one) => one.open !== undefined)?.open,
});

function originsOfName(reference: string, place: Place, depth: number): Origins {
  const { plan, modules, forEach } = place;
  const steps = stepsOf(reference);
  const [first = '', second = '', third = ''] = steps.map(withoutIndexes);
  switch (first) {
    case 'each':
      // A key is always known; it only chooses.
      return forEach === undefined || second === 'key' ? NOTHING : originsOf(forEach, { plan, modules }, depth + 1);
    case 'count':
    case 'path':
    case 'self':
    case 'terraform':
      return NOTHING;
    case 'local':
      return open(`it depends on the local value '${second}', which a plan doesn't contain`);
    case 'var':
      return originsOfVariable(second, place, depth);
    case 'module': {
      const inner = [...modules, steps[1] ?? ''];
      const outputs = plan.module(inner)?.outputs ?? {};
      const named = third === '' ? Object.values(outputs) : [outputs[third]];
      return joined(named.map((output) => originsOf(output?.expression, { plan, modules: inner }, depth + 1)));
    }
    default:
      return originsOfResource(steps.slice(0, first === 'data' ? 3 : 2).join('.'), place);
  }
}

function originsOfResource(name: string, { plan, modules }: Place): Origins {
  const found = plan.find(modules, name);
  // A data source that was read for the plan has known values.
  const read = name.startsWith('data.') ? plan.findRead(modules, name) : [];
  if (name.startsWith(`data.${POLICY_DOCUMENT}.`)) {
    // The plan may read again what an earlier one read.
    const isPlanned = new Set(found.map(({ address }) => address));
    return { resources: [...found, ...read.filter(({ address }) => !isPlanned.has(address))] };
  }
  // Instances have the same type, which decides.
  return { resources: found.slice(0, 1), known: read.map(({ values }) => values) };
}

function originsOfVariable(name: string, { plan, modules }: Place, depth: number): Origins {
  const inner = modules.at(-1);
  if (inner === undefined) return { resources: [], known: [plan.variable(name)] };
  const above = modules.slice(0, -1);
  const call = plan.module(above)?.module_calls?.[withoutIndexes(inner)];
  const given = call?.expressions?.[name];
  // An argument that isn't given has its default, which is constant.
  return given === undefined
    ? { resources: [], known: [plan.module(modules)?.variables?.[name]?.default] }
    : originsOf(given, { plan, modules: above, forEach: call?.for_each_expression }, depth + 1);
}
