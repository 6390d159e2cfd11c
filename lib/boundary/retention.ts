import type { Facts } from '../facts/facts';
import { isReliable } from '../facts/reliance';
import { type Decision, inside, type Place, refused } from './decision';

/**
 * Whether a foundation model may serve where zero retention is required: only if a reliable row states that, while the
 * Region's retention mode is `none`, the model is served and nothing is retained.
 */
export function mayServeWithoutRetention(facts: Facts, modelId: string): Decision {
  const place: Place = { kind: 'destination', value: modelId };
  const row = facts.retention(modelId);
  if (row === undefined) {
    return refused(place, 'unknown', `what the provider of '${modelId}' retains is unknown`);
  }
  if (row.underNone === 'blocked' || (row.days ?? 0) > 0) {
    const time = row.days === null ? 'for an unknown time' : `for up to ${row.days} days`;
    return refused(
      place,
      'keeps-content',
      `the provider of '${modelId}' may retain ${row.what} ${time} (as of ${row.asOf})`,
    );
  }
  if (!isReliable(row) || row.underNone !== 'served' || row.days !== 0) {
    return refused(place, 'unreliable', `no reliable source confirms what the provider of '${modelId}' retains`);
  }
  return inside(place);
}
