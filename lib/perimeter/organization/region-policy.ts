import { GLOBAL_ACTIONS } from './global-actions';
import { type PerimeterScope, regionsOf } from './scope';
import { deny, type Topic } from './statement';

/** Denies every action outside the boundary's Regions, but those of global control planes without content. */
export function regionTopic(scope: PerimeterScope): Topic {
  return {
    refuses: 'requests to Regions outside the boundary',
    statements: [
      deny('RegionsOutside', {
        NotAction: GLOBAL_ACTIONS.map(({ action }) => action),
        // A request without the key matches too, because the operator is negated.
        Condition: { StringNotEquals: { 'aws:RequestedRegion': regionsOf(scope) } },
      }),
    ],
  };
}
