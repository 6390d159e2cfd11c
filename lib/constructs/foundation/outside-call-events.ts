import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { outsideCalls } from '../alerts/outside-calls';
import { forwardTo } from './forward-events';
import type { Foundation } from './foundation';

/** Forwards calls of Bedrock outside the boundary to the Region of a foundation, whose alerts report them. */
export function forwardOutsideCalls(scope: Construct, boundary: ResidencyBoundary, foundation: Foundation): void {
  forwardTo(foundation, outsideCalls(scope, 'ServedOutside', boundary));
}
