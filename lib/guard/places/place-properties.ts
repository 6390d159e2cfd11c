import { PLACE_PROPERTIES } from '../../facts/place-properties';
import type { PlacePropertyKind } from '../../facts/type-tables';
import type { Resource, Selected } from '../template/resource';

/** Every value of a resource's properties of one kind, in every variant. */
export function placeProperties(resource: Resource, kind: PlacePropertyKind): Selected[] {
  const pointers = PLACE_PROPERTIES[resource.type]?.[kind] ?? [];
  return pointers.flatMap((pointer) => resource.select(...pointer.slice(1).split('/')));
}

/** The types that have properties of one kind. */
export function typesWith(kind: PlacePropertyKind): string[] {
  return Object.entries(PLACE_PROPERTIES).flatMap(([type, kinds]) => (kinds[kind] ? [type] : []));
}
