import { ResidencyBoundary } from '../../boundary/boundary';
import type { DeclaredPlace } from '../rule/declared-places';
import { matchesParts } from '../rule/glob';
import type { DeclaredException } from './declared-exception';

/** The boundary of some stacks of an app. */
export interface DeclaredBoundary {
  /** Path of a stack, of a Stage, or of a template file, by parts: `*` is any text in one part, `**` any number of parts. */
  readonly stack: string;
  /** As `ResidencyBoundary.parse` reads it: `eu`, `eea`, `DE,FR`. */
  readonly boundary: string;
}

/**
 * What the owner of an app declares about it, as plain data: it can be bundled as JSON, and it comes from the file that a
 * caller is given, never from what is judged.
 */
export interface Declarations {
  readonly exceptions: readonly DeclaredException[];
  readonly places: readonly DeclaredPlace[];
  /** Tried in this order; the first that matches a stack counts. */
  readonly boundaries: readonly DeclaredBoundary[];
}

/** Nothing is declared. */
export const NO_DECLARATIONS: Declarations = { exceptions: [], places: [], boundaries: [] };

/** Those of several files together, in their order. */
export function joined(all: readonly Declarations[]): Declarations {
  return {
    exceptions: all.flatMap(({ exceptions }) => exceptions),
    places: all.flatMap(({ places }) => places),
    boundaries: all.flatMap(({ boundaries }) => boundaries),
  };
}

/**
 * The boundary that a stack is judged by.
 *
 * @param stack its path, such as `Prod/Chat`; a row that names the Stage `Prod` holds for all that is in it
 * @param otherwise the boundary of a stack that no row matches
 */
export function boundaryOf(
  { boundaries }: Declarations,
  stack: string,
  otherwise: ResidencyBoundary,
): ResidencyBoundary {
  const parts = stack.split('/');
  const above = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  const row = boundaries.find(({ stack: glob }) => above.some((path) => matchesParts(glob, path, '/')));
  return row === undefined ? otherwise : ResidencyBoundary.parse(row.boundary);
}
