import { frozen } from './frozen';
import { NAMES, PLACE_PATHS } from './generated/place-paths';
import { withPrefix } from './type-prefix';
import type { PlaceProperties } from './type-tables';

/** Every property whose value is a place that a rule checks, by type and kind. */
export const PLACE_PROPERTIES: PlaceProperties = frozen<PlaceProperties>(
  Object.fromEntries(
    Object.entries(PLACE_PATHS).map(([type, kinds]) => [
      withPrefix(type),
      Object.fromEntries(Object.entries(kinds).map(([kind, paths]) => [kind, pointersOf(paths)])),
    ]),
  ),
);

/** The JSON pointers in a text: a number stands for a frequent name, and each begins with the number of names that it shares with the one before. */
function pointersOf(paths: string): string[] {
  const frequent = NAMES.split(' ');
  let names: string[] = [];
  return paths.split(' ').map((path) => {
    const [shared, ...own] = path.split('/');
    names = [...names.slice(0, Number(shared)), ...own.map((name) => frequent[Number(name)] ?? name)];
    return `/${names.join('/')}`;
  });
}
