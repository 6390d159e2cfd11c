import { isReliable } from '../facts/reliance';
import type { ProviderFact } from '../facts/types';
import { type Place, type Refused, refused } from './decision';

/**
 * Why a provider outside AWS may not receive content of which nothing may be retained; none if it retains nothing of any customer, or
 * has promised that to the owner and the facts know of such a promise. Data that is retained for every customer counts, however rare.
 *
 * @param promised whether the owner declares such a contract
 * @param how how the owner declares it in `residency.yaml`
 */
export function refusedRetention(
  place: Place,
  { provider, days, daysDefault, asOf, ...fact }: ProviderFact,
  promised: boolean,
  how: string,
): Refused | undefined {
  if (!isReliable(fact)) return refused(place, 'unreliable', `no reliable source confirms what ${provider} retains`);
  if (daysDefault === 0 || (promised && days === 0)) return undefined;
  const time = daysDefault === null ? 'for an unknown time' : `for up to ${daysDefault} days`;
  const what = `${provider} retains the content that it receives ${time}`;
  return refused(
    place,
    'keeps-content',
    days === 0
      ? `${what}, unless it has promised a customer zero retention (as of ${asOf}); if it has promised you, set ${how}`
      : `${what} (as of ${asOf}), and the facts know of no contract by which it retains nothing`,
  );
}
