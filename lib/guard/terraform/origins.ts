import { isMap } from '../template/node';
import { stepsOf, withoutIndexes } from './address';
import type { Expression, ModuleCall } from './configuration';
import { followed, type Origins, type Parts, type Place, type Question } from './followed';
import { POLICY_DOCUMENT } from './policy-document';

const NOTHING: Origins = { resources: [], known: [] };
const open = (reason: string): Origins => ({ resources: [], open: reason });

/** The resources behind an expression, through variables and outputs of modules. */
export const originsOf = (node: unknown, place: Place): Origins => followed({ node, place }, partsOf);

/**
 * The resources behind all arguments of the module: what a value can come from whose expression a plan doesn't show. The resources of the
 * module itself are checked wherever they are.
 */
export function originsOfArguments({ plan, modules }: Place): Origins {
  const name = modules.at(-1);
  if (name === undefined) return open(NOT_SHOWN);
  const above = modules.slice(0, -1);
  const call = plan.module(above)?.module_calls?.[withoutIndexes(name)];
  return originsOf(call === undefined ? [] : argumentsOf(call), {
    plan,
    modules: above,
    forEach: call?.for_each_expression,
  });
}

const NOT_SHOWN = "the plan doesn't contain its expression";

const lists = new WeakMap<ModuleCall, readonly unknown[]>();

/** The arguments of a call as one list, so that they are followed once for all values in the module. */
function argumentsOf(call: ModuleCall): readonly unknown[] {
  const known = lists.get(call);
  if (known !== undefined) return known;
  const list = Object.values(call.expressions ?? {});
  lists.set(call, list);
  return list;
}

function partsOf({ node, place }: Question): Parts {
  const within = (inner: unknown): Question => ({ node: inner, place });
  if (Array.isArray(node)) return node.map(within);
  if (!isMap(node)) return [open(NOT_SHOWN)];
  const { references } = node as Expression;
  if (Array.isArray(references)) {
    // A reference to an attribute is listed with the resource that has it.
    const longest = references.filter(
      (one) => !references.some((other) => other !== one && /^[.[]/.test(rest(other, one))),
    );
    return longest.flatMap((reference) => partsOfName(reference, place));
  }
  if (Object.hasOwn(node, 'constant_value')) return [{ resources: [], known: [node.constant_value] }];
  const inner = Object.values(node);
  return inner.length === 0 ? [open(NOT_SHOWN)] : inner.map(within);
}

const rest = (text: string, start: string) => (text.startsWith(start) ? text.slice(start.length) : '');

function partsOfName(reference: string, place: Place): Parts {
  const { plan, modules, forEach } = place;
  const steps = stepsOf(reference);
  const [first = '', second = '', third = ''] = steps.map(withoutIndexes);
  switch (first) {
    case 'each':
      // A key is always known; it only chooses.
      return [forEach === undefined || second === 'key' ? NOTHING : { node: forEach, place: { plan, modules } }];
    case 'count':
    case 'path':
    case 'self':
    case 'terraform':
      return [NOTHING];
    case 'local':
      return [open(`it depends on the local value '${second}', which a plan doesn't contain`)];
    case 'var':
      return [partOfVariable(second, place)];
    case 'module': {
      const inner = [...modules, steps[1] ?? ''];
      const outputs = plan.module(inner)?.outputs ?? {};
      const named = third === '' ? Object.values(outputs) : [outputs[third]];
      return named.map((output) => ({ node: output?.expression, place: { plan, modules: inner } }));
    }
    default:
      return [originsOfResource(steps.slice(0, first === 'data' ? 3 : 2).join('.'), place)];
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

function partOfVariable(name: string, { plan, modules }: Place): Origins | Question {
  const inner = modules.at(-1);
  if (inner === undefined) return { resources: [], known: [plan.variable(name)] };
  const above = modules.slice(0, -1);
  const call = plan.module(above)?.module_calls?.[withoutIndexes(inner)];
  const given = call?.expressions?.[name];
  // An argument that isn't given has its default, which is constant.
  return given === undefined
    ? { resources: [], known: [plan.module(modules)?.variables?.[name]?.default] }
    : { node: given, place: { plan, modules: above, forEach: call?.for_each_expression } };
}
