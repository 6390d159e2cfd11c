import { isMap, spelled } from './node';
import { entry, partitionOf, type Scope, section } from './scope';

/**
 * The outcome of a condition, if the deploy Region alone determines it. A parameter never does: a deployment may change it,
 * so both branches are checked.
 */
export function decidedCondition(name: string, scope: Scope): boolean | undefined {
  return decide(entry(section(scope.template, 'Conditions'), name), scope, 0);
}

function decide(node: unknown, scope: Scope, depth: number): boolean | undefined {
  if (!isMap(node) || depth > 20) return undefined;
  const [name = '', ...others] = Object.keys(node);
  const argument = node[name];
  if (others.length > 0) return undefined;
  if (name === 'Condition')
    return decide(entry(section(scope.template, 'Conditions'), spelled(argument)), scope, depth + 1);
  if (!Array.isArray(argument)) return undefined;
  const parts = () => argument.map((part) => decide(part, scope, depth + 1));
  switch (name) {
    case 'Fn::Equals': {
      const [left, right] = argument.map((side) => constant(side, scope));
      return left === undefined || right === undefined ? undefined : left === right;
    }
    case 'Fn::Not': {
      const [inner] = parts();
      return inner === undefined ? undefined : !inner;
    }
    case 'Fn::And':
      return parts().includes(false) ? false : parts().includes(undefined) ? undefined : true;
    case 'Fn::Or':
      return parts().includes(true) ? true : parts().includes(undefined) ? undefined : false;
    default:
      return undefined;
  }
}

function constant(node: unknown, scope: Scope): string | undefined {
  if (typeof node === 'string') return node;
  if (!isMap(node) || scope.deployRegion === undefined) return undefined;
  if (node.Ref === 'AWS::Region') return scope.deployRegion;
  return node.Ref === 'AWS::Partition' ? partitionOf(scope) : undefined;
}

/** The parameter that must be non-empty for a condition to have this outcome; none if there is no such parameter. */
export function neededParameter(name: string, outcome: boolean, scope: Scope): string | undefined {
  return needed(entry(section(scope.template, 'Conditions'), name), outcome, scope, 0);
}

function needed(node: unknown, outcome: boolean, scope: Scope, depth: number): string | undefined {
  if (!isMap(node) || depth > 20) return undefined;
  const [name = '', ...others] = Object.keys(node);
  const argument = node[name];
  if (others.length > 0) return undefined;
  if (name === 'Condition')
    return needed(entry(section(scope.template, 'Conditions'), spelled(argument)), outcome, scope, depth + 1);
  if (!Array.isArray(argument)) return undefined;
  if (name === 'Fn::Not') return needed(argument[0], !outcome, scope, depth + 1);
  if (name === (outcome ? 'Fn::And' : 'Fn::Or'))
    return argument.map((part) => needed(part, outcome, scope, depth + 1)).find((found) => found !== undefined);
  if (name !== 'Fn::Equals' || outcome || !argument.includes('')) return undefined;
  const parameter = argument.find((side) => isMap(side) && Object.keys(side).join() === 'Ref');
  return isMap(parameter) ? spelled(parameter.Ref) : undefined;
}
