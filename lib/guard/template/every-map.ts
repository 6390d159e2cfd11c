import { isMap, type Node } from './node';

/** A map at any depth of a document. */
export interface LocatedMap {
  /** JSON pointer from the resource. */
  readonly path: string;
  readonly map: Readonly<Record<string, unknown>>;
}

/**
 * Every map at any depth of a document, including the document itself, in every variant.
 *
 * @param variantsOf the possible values of a node
 */
export function* everyMap(node: unknown, path: string, variantsOf: (node: unknown) => Node[]): Generator<LocatedMap> {
  for (const value of variantsOf(node)) {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) yield* everyMap(item, `${path}/${index}`, variantsOf);
    } else if (isMap(value)) {
      yield { path, map: value };
      for (const [key, child] of Object.entries(value)) yield* everyMap(child, below(path, key), variantsOf);
    }
  }
}

/** The pointer to an entry of a map. */
export const below = (path: string, key: string): string =>
  `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
