import { RESOURCE_TYPES } from './generated/resource-types';
import { withPrefix } from './type-prefix';
import type { ResourceClass } from './type-tables';

const CLASS_BY_TYPE = new Map(
  Object.entries(RESOURCE_TYPES).flatMap(([service, classes]) =>
    Object.entries(classes).flatMap(([name, types]) =>
      types
        .split(' ')
        .map((type): [string, ResourceClass] => [withPrefix(`${service}::${type}`), name as ResourceClass]),
    ),
  ),
);

/** How a CloudFormation type handles data; none for an unclassified type. */
export function classOf(type: string): ResourceClass | undefined {
  return CLASS_BY_TYPE.get(type);
}

/** Every type in a class. */
export function typesOf(name: ResourceClass): string[] {
  return [...CLASS_BY_TYPE].filter(([, resourceClass]) => resourceClass === name).map(([type]) => type);
}
