import { MODEL_RETENTION } from '../facts/generated/model-retention';
import { isReliable } from '../facts/reliance';
import type { ModelRetentionFact } from '../facts/types';
import { type Decision, inside, type Place, refused } from './decision';

const BY_MODEL = new Map(MODEL_RETENTION.map((row) => [row.modelId, row]));

/** What the provider of a foundation model keeps; none when the facts hold no row. */
export function findRetention(modelId: string): ModelRetentionFact | undefined {
  return BY_MODEL.get(modelId);
}

/**
 * Whether a foundation model may serve where nothing is kept: only if a reliable row says that it is served, and that
 * nothing is kept, while the Region's retention mode is `none`.
 */
export function mayServeUnkept(modelId: string): Decision {
  const place: Place = { kind: 'destination', value: modelId };
  const row = findRetention(modelId);
  if (row === undefined) {
    return refused(place, 'unknown', `nothing is known of what the provider of '${modelId}' keeps`);
  }
  if (row.underNone === 'blocked' || (row.days ?? 0) > 0) {
    const time = row.days === null ? 'for an unknown time' : `for up to ${row.days} days`;
    return refused(
      place,
      'keeps-content',
      `the provider of '${modelId}' may keep ${row.what} ${time} (as of ${row.asOf})`,
    );
  }
  if (!isReliable(row) || row.underNone !== 'served' || row.days !== 0) {
    return refused(
      place,
      'unreliable',
      `what the provider of '${modelId}' keeps was never confirmed by a reliable source`,
    );
  }
  return inside(place);
}
