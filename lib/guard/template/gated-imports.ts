import { neededParameter } from './condition';
import { isMap, spelled } from './node';
import type { Json } from './parse';
import { entry, type Scope, section } from './scope';

/** By argument of an import: the parameter that every occurrence of the import depends on, or none. */
type Gates = Map<object, string | undefined>;

const known = new WeakMap<Json, Gates>();

/**
 * The parameter that must be set for an import to happen at all, and that is empty by default. A parameter that is only part
 * of the imported name, such as a prefix, doesn't prevent the import.
 *
 * @param argument of `Fn::ImportValue`, as written in the template
 */
export function gateOf(argument: unknown, scope: Scope): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  let gates = known.get(scope.template);
  if (gates === undefined) {
    gates = new Map();
    for (const resource of Object.values(section(scope.template, 'Resources'))) {
      const condition = isMap(resource) ? resource.Condition : undefined;
      walk(resource, typeof condition === 'string' ? gate(condition, true, scope) : undefined, scope, gates);
    }
    known.set(scope.template, gates);
  }
  return gates.get(argument);
}

function walk(node: unknown, gateAbove: string | undefined, scope: Scope, gates: Gates): void {
  if (Array.isArray(node)) for (const item of node) walk(item, gateAbove, scope, gates);
  else if (isMap(node)) {
    for (const [key, value] of Object.entries(node)) {
      if (key === 'Fn::ImportValue' && typeof value === 'object' && value !== null) note(value, gateAbove, gates);
      if (key === 'Fn::If' && Array.isArray(value)) {
        const [condition, yes, no] = value;
        walk(yes, gate(spelled(condition), true, scope) ?? gateAbove, scope, gates);
        walk(no, gate(spelled(condition), false, scope) ?? gateAbove, scope, gates);
      } else walk(value, gateAbove, scope, gates);
    }
  }
}

/** A YAML anchor can occur in several places; if one of them is ungated, the import is ungated. */
function note(argument: object, gateHere: string | undefined, gates: Gates): void {
  gates.set(argument, gates.has(argument) && gates.get(argument) === undefined ? undefined : gateHere);
}

function gate(condition: string, outcome: boolean, scope: Scope): string | undefined {
  const name = neededParameter(condition, outcome, scope);
  if (name === undefined || scope.parameters?.has(name)) return undefined;
  const parameter = entry(section(scope.template, 'Parameters'), name);
  return isMap(parameter) && parameter.Default === '' ? name : undefined;
}
