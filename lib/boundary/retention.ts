import { MODEL_RETENTION } from '../facts/generated/model-retention';
import { isReliable } from '../facts/reliance';
import type { ModelRetentionFact } from '../facts/types';
import { type Decision, inside, type Place, refused } from './decision';

const BY_MODEL = new Map(MODEL_RETENTION.map((row) => [row.modelId, row]));

/** The content that a foundation model's provider retains; none if the facts contain no row. */
export function findRetention(modelId: string): ModelRetentionFact | undefined {
  return BY_MODEL.get(modelId);
}

/**
 * Whether a foundation model may serve where zero retention is required: only if a reliable row states that, while the
 * Region's retention mode is `none`, the model is served and nothing is retained.
 */
export function mayServeWithoutRetention(modelId: string): Decision {
  const place: Place = { kind: 'destination', value: modelId };
  const row = findRetention(modelId);
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
