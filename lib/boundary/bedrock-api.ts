import type { Facts } from '../facts/facts';
import type { BedrockApiFact } from '../facts/model-facts';
import { isReliable } from '../facts/reliance';
import type { ResidencyBoundary } from './boundary';
import { type Place, type RefusalReason, type Refused, refused } from './decision';
import type { Reachable } from './destination';
import { factsOf } from './facts-of';
import { likelyKind } from './model-kind';

/** The APIs of Bedrock by which a destination can be sent chats; the first is the default. */
export const BEDROCK_APIS = ['converse', 'chat-completions'] as const;

export type BedrockApi = (typeof BEDROCK_APIS)[number];

/**
 * A decision that also considers the API by which the destination is called: it must be one for chats, and a profile must be known to
 * route through it as it does through Converse. It allows nothing that the decision refuses.
 */
export function throughApi(
  boundary: ResidencyBoundary,
  decision: Reachable | Refused,
  api: BedrockApi = 'converse',
): Reachable | Refused {
  if (!decision.inside || api === 'converse') return decision;
  const { destination, place } = decision;
  const facts = factsOf(boundary);
  const kind = likelyKind(facts, destination.modelId);
  if (kind !== 'text' && kind !== 'safeguard') {
    return refused(
      place,
      'not-served',
      `'${destination.id}' is a model of the kind '${kind}', and the API '${api}' serves only chats; remove 'api'`,
    );
  }
  const broken = destination.throughProfile ? brokenPromise(facts, place, api, 'routing') : undefined;
  if (broken !== undefined) return { ...broken, detail: `${broken.detail}; remove 'api', which uses Converse` };
  return { ...decision, destination: { ...destination, api } };
}

/** Why a promise that Converse keeps isn't known to be kept by an API; none if a reliable row says that it is. */
export function brokenPromise(
  facts: Facts,
  place: Place,
  api: BedrockApiFact['api'],
  promise: BedrockApiFact['promise'],
): Refused | undefined {
  const row = facts.bedrockApi(api, promise);
  if (row !== undefined && isReliable(row)) {
    if (row.holds) return undefined;
    const reason: RefusalReason = promise === 'retention' ? 'keeps-content' : 'routes-outside';
    return refused(place, reason, `by the API '${api}', ${row.what} (as of ${row.asOf})`);
  }
  return refused(
    place,
    row === undefined ? 'unknown' : 'unreliable',
    `no reliable source confirms that ${PROMISES[promise]} by the API '${api}'`,
  );
}

const PROMISES: Readonly<Record<BedrockApiFact['promise'], string>> = {
  retention: "nothing of requests is retained under the retention mode 'none'",
  routing: 'inference profiles route to the same Regions as by Converse',
};
