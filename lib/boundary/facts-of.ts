import type { Facts } from '../facts/facts';
import type { FactLayer } from '../facts/layers';
import { PACKAGED } from '../facts/packaged';
import type { ResidencyBoundary } from './boundary';

/**
 * The facts that decisions by a boundary rest on. A boundary without its own has the package's, which are loaded only by what
 * asks for them: most functions decide on Regions alone.
 */
export const factsOf = (boundary: ResidencyBoundary): Facts => boundary._facts ?? PACKAGED;

/** The same boundary, deciding by further rows above the package's. */
export const withLayers = (boundary: ResidencyBoundary, layers: readonly FactLayer[] = []): ResidencyBoundary =>
  layers.length === 0 ? boundary : boundary._withFacts(factsOf(boundary).with(...layers));
