import type { PerimeterStatement, PolicyDocument } from './document';
import { GLOBAL_ACTIONS } from './global-actions';
import { type PerimeterScope, regionsOf } from './scope';

/** Denies every action outside the boundary's Regions, but those of global control planes without content. */
export function regionPolicy(scope: PerimeterScope): PolicyDocument {
  const outside: PerimeterStatement = {
    Sid: 'RegionsOutside',
    Effect: 'Deny',
    NotAction: GLOBAL_ACTIONS.map(({ action }) => action),
    Resource: ['*'],
    // A request without the key matches too, because the operator is negated.
    Condition: { StringNotEquals: { 'aws:RequestedRegion': regionsOf(scope) } },
  };
  return {
    kind: 'scp',
    name: 'scp-regions',
    description: 'Denies requests to Regions outside the boundary.',
    content: { Version: '2012-10-17', Statement: [outside] },
  };
}
