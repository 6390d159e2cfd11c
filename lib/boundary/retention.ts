import type { Facts } from '../facts/facts';
import type { BedrockApiFact } from '../facts/model-facts';
import { isReliable } from '../facts/reliance';
import { brokenPromise } from './bedrock-api';
import { type Decision, inside, type Place, type RefusalReason, refused } from './decision';

/**
 * Whether a foundation model may serve where zero retention is required. A reliable row must state that the model is served and
 * nothing is retained while the Region's retention mode is `none`. It must name no party that retains anything in another mode.
 *
 * @param api the API by which it is called; without one, Converse. A reliable row must say that the mode governs it too
 */
export function mayServeWithoutRetention(facts: Facts, modelId: string, api?: BedrockApiFact['api']): Decision {
  const place: Place = { kind: 'destination', value: modelId };
  const row = facts.retention(modelId);
  const expired = facts.expiredOn('modelRetention', modelId);
  const undecided = (reason: RefusalReason, detail: string) =>
    expired === undefined
      ? refused(place, reason, detail)
      : refused(
          place,
          'expired',
          `the row that declares what the provider of '${modelId}' retains expired on ${expired}; declare it again with ` +
            "'eu-residency facts admit'",
        );
  if (row === undefined) return undecided('unknown', `what the provider of '${modelId}' retains is unknown`);
  if (row.underNone === 'blocked' || (row.days ?? 0) > 0) {
    const time = row.days === null ? 'for an unknown time' : `for up to ${row.days} days`;
    return refused(
      place,
      'keeps-content',
      `the provider of '${modelId}' may retain ${row.what} ${time} (as of ${row.asOf})`,
    );
  }
  if (!isReliable(row) || row.underNone !== 'served' || row.days !== 0) {
    return undecided('unreliable', `no reliable source confirms what the provider of '${modelId}' retains`);
  }
  // AWS names the APIs that the mode governs, and Converse and InvokeModel aren't among them.
  if (row.keeper !== null) {
    return refused(
      place,
      'keeps-content',
      `the provider of '${modelId}' may retain ${row.what} unless the retention mode prevents it (as of ${row.asOf})`,
    );
  }
  return (api && brokenPromise(facts, place, api, 'retention')) ?? inside(place);
}

/** The first day on which no row says any more that nothing is retained; none if one that doesn't expire says so. */
export const unretainedUntil = (facts: Facts, modelId: string): string | undefined =>
  facts.expiryOf('modelRetention', modelId, ({ underNone, days }) => underNone === 'served' && days === 0);
