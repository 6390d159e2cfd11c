import { isMap } from './node';
import { entry, type Scope, section } from './scope';

/** Names of the template's parameters that a node's intrinsic functions read, in their order. */
export function parametersIn(node: unknown, { template }: Scope): string[] {
  const parameters = section(template, 'Parameters');
  return [...new Set(namesIn(node))].filter((name) => isMap(entry(parameters, name)));
}

function namesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (!isMap(node)) return [];
  return Object.entries(node).flatMap(([key, argument]) => {
    if (key === 'Ref') return [String(argument)];
    const [text] = key === 'Fn::Sub' ? [argument].flat() : [];
    return [...variablesIn(text), ...namesIn(argument)];
  });
}

const variablesIn = (text: unknown) =>
  typeof text === 'string' ? [...text.matchAll(/\$\{\s*(\w+)\s*\}/g)].map(([, name = '']) => name) : [];
