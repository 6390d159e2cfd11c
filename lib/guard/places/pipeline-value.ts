import { isMap, type Node, Unresolved } from '../template/node';
import { UNRESOLVED } from '../template/placeholder';

/**
 * The value of a node of a SageMaker pipeline: a parameter has its default, as in a template; the output of a step is where
 * that step writes, which is checked there.
 */
export function pipelineValue(node: Node, parameters: unknown): Node[] {
  if (!isMap(node)) return [node];
  if (typeof node.Get === 'string') return valueAt(node.Get, parameters);
  const join = node['Std:Join'];
  if (!isMap(join) || !Array.isArray(join.Values)) return [new Unresolved('the pipeline computes it when it runs')];
  const parts = join.Values.map((part) => pipelineValue(part as Node, parameters)[0] ?? UNRESOLVED);
  return [parts.map((part) => (typeof part === 'string' ? part : UNRESOLVED)).join(String(join.On ?? ''))];
}

function valueAt(reference: string, parameters: unknown): Node[] {
  const name = /^Parameters\.(.+)$/.exec(reference)?.[1];
  if (name === undefined) return reference.startsWith('Steps.') ? [] : [UNRESOLVED];
  const found = (Array.isArray(parameters) ? parameters : []).find((one) => isMap(one) && one.Name === name);
  const value = isMap(found) ? found.DefaultValue : undefined;
  return [typeof value === 'string' ? value : new Unresolved(`the pipeline's parameter '${name}' has no default`)];
}
