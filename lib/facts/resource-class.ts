import { RESOURCE_TYPES } from './generated/resource-types';
import type { ResourceClass } from './types';

const CLASS_BY_TYPE = new Map(
  Object.entries(RESOURCE_TYPES).flatMap(([service, classes]) =>
    Object.entries(classes).flatMap(([name, types]) =>
      types.split(' ').map((type): [string, ResourceClass] => [`${service}::${type}`, name as ResourceClass]),
    ),
  ),
);

/** What a CloudFormation type does with data; none for a type that nobody has classified. */
export function classOf(type: string): ResourceClass | undefined {
  return CLASS_BY_TYPE.get(type);
}

/** Every type of a class. */
export function typesOf(name: ResourceClass): string[] {
  return [...CLASS_BY_TYPE].filter(([, found]) => found === name).map(([type]) => type);
}
