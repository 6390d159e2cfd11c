import { isMap } from '../guard/template/node';
import type { Resource } from '../guard/template/resource';
import { section } from '../guard/template/scope';

/** Whether who deploys can set a property: it, or a function around it, names a parameter of the template. */
export function isChosen({ raw, scope }: Resource, ...path: string[]): boolean {
  const parameters = new Set(Object.keys(section(scope.template, 'Parameters')));
  return parameters.size > 0 && names(raw.Properties, path, parameters);
}

function names(node: unknown, [step, ...rest]: readonly string[], parameters: ReadonlySet<string>): boolean {
  if (step === undefined || isFunction(node)) return refers(node, parameters);
  if (Array.isArray(node))
    return node.some((item, index) => [`${index}`, '*'].includes(step) && names(item, rest, parameters));
  return isMap(node) && Object.hasOwn(node, step) && names(node[step], rest, parameters);
}

const isFunction = (node: unknown): boolean => isMap(node) && Object.keys(node).some((key) => /^(Ref$|Fn::)/.test(key));

/** Whether a node names a parameter anywhere below it. */
function refers(node: unknown, parameters: ReadonlySet<string>): boolean {
  if (typeof node === 'string') {
    return [...node.matchAll(/\$\{([^}!]+)\}/g)].some(([, name = '']) => parameters.has(name));
  }
  if (Array.isArray(node)) return node.some((item) => refers(item, parameters));
  if (!isMap(node)) return false;
  return Object.entries(node).some(([key, value]) =>
    key === 'Ref' ? parameters.has(String(value)) : refers(value, parameters),
  );
}
