import { isMap } from '../template/node';
import type { Expression } from './configuration';
import type { Plan } from './plan';

/** A constant, and whether it is a secret. */
interface Constant {
  readonly value: unknown;
  readonly isSecret: boolean;
}

/** The constant that an expression is, or that the variable has which is all that it refers to; no value if there is none. */
export function constantOf(expression: unknown, plan: Plan, modules: readonly string[]): Constant {
  if (!isMap(expression)) return NONE;
  const { constant_value, references } = expression as Expression;
  if (references === undefined) return { value: constant_value, isSecret: false };
  const name = references.length === 1 ? /^var\.(\w[\w-]*)$/.exec(references[0] ?? '')?.[1] : undefined;
  if (name === undefined) return NONE;
  const { default: value, sensitive = false } = plan.module(modules)?.variables?.[name] ?? {};
  const call = modules.at(-1);
  if (call === undefined) return { value: plan.variable(name), isSecret: sensitive };
  const above = modules.slice(0, -1);
  const given = plan.module(above)?.module_calls?.[call]?.expressions?.[name];
  const constant = given === undefined ? { value, isSecret: false } : constantOf(given, plan, above);
  return { ...constant, isSecret: constant.isSecret || sensitive };
}

const NONE: Constant = { value: undefined, isSecret: false };
