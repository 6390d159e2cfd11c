import { isDeepStrictEqual } from 'node:util';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../boundary/boundary';
import { type Destination, decideDestination } from '../boundary/destination';

/** A destination is a plain value, which could have been decided under another boundary, or made by hand. */
export function requireDestinationsInside(
  scope: Construct,
  boundary: ResidencyBoundary,
  destinations: readonly Destination[],
): void {
  for (const destination of destinations) {
    const { id, sourceRegion } = destination;
    const decision = decideDestination(boundary, sourceRegion, id);
    if (decision.inside && isDeepStrictEqual(decision.destination, destination)) continue;
    throw new Error(
      `${scope.node.path}: 'destinations' must stay inside ${boundary.label} because prompts are sent to them, got '${id}' ` +
        `from ${sourceRegion}: ${decision.inside ? "other models or Regions than it has; use what 'decideDestination' returns" : decision.detail}`,
    );
  }
}
