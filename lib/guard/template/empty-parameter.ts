import { isMap, spelled } from './node';
import { entry, type Scope, section } from './scope';

/** The first parameter that a value is made with and that is empty unless somebody gives it; none when there is no such. */
export function emptyParameterIn(node: unknown, scope: Scope): string | undefined {
  return namesIn(node).find((name) => {
    const parameter = entry(section(scope.template, 'Parameters'), name);
    return isMap(parameter) && parameter.Default === '' && !scope.parameters?.has(name);
  });
}

/** Every name that a value refers to by `Ref` or `Fn::Sub`. */
function namesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (!isMap(node)) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (key === 'Ref') return [spelled(value)];
    const text = key === 'Fn::Sub' ? (Array.isArray(value) ? value[0] : value) : undefined;
    const named = typeof text === 'string' ? [...text.matchAll(/\$\{([^${}!]*)\}/g)].map(([, name = '']) => name) : [];
    return [...named, ...namesIn(value)];
  });
}
