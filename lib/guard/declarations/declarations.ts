import { ResidencyBoundary } from '../../boundary/boundary';
import type { DeclaredPlace } from '../rule/declared-places';
import { matchesParts } from '../rule/glob';
import type { RequiredBoundary } from '../rule/required-boundary';
import type { DeclaredException } from './declared-exception';

/** The boundary of some of an app's stacks. */
export interface DeclaredBoundary {
  /** Path of a stack, Stage or template file, matched by parts: `*` is any text in one part, `**` any number of parts. */
  readonly stack: string;
  /** In the format of `ResidencyBoundary.parse`: `eu`, `eea`, `DE,FR`. */
  readonly boundary: string;
}

/**
 * An app owner's declarations, as plain data: they can be bundled as JSON, and they come from the file that a caller
 * specifies, never from the checked templates.
 */
export interface Declarations {
  readonly exceptions: readonly DeclaredException[];
  readonly places: readonly DeclaredPlace[];
  /** Tried in this order; the first that matches a stack applies. */
  readonly boundaries: readonly DeclaredBoundary[];
  /**
   * The permissions boundary that every role and user must have.
   *
   * @default - none is required
   */
  readonly permissionsBoundary?: RequiredBoundary;
}

/** No declarations. */
export const NO_DECLARATIONS: Declarations = { exceptions: [], places: [], boundaries: [] };

/** The declarations of several files together, in the order of the files. */
export function joined(all: readonly Declarations[]): Declarations {
  const permissionsBoundary = all.find((one) => one.permissionsBoundary !== undefined)?.permissionsBoundary;
  return {
    ...(permissionsBoundary && { permissionsBoundary }),
    exceptions: all.flatMap(({ exceptions }) => exceptions),
    places: all.flatMap(({ places }) => places),
    boundaries: all.flatMap(({ boundaries }) => boundaries),
  };
}

/**
 * The boundary that a stack is checked against.
 *
 * @param stack its path, such as `Prod/Chat`; a row that names the Stage `Prod` applies to everything in it
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
  if (row === undefined) return otherwise;
  const declared = ResidencyBoundary.parse(row.boundary);
  return otherwise._facts === undefined ? declared : declared._withFacts(otherwise._facts);
}
