import type { Destination } from '../../../boundary/destination';
import type { Guardrails } from '../policy/guardrails';
import type { Upstream } from './request-context';

/**
 * A Bedrock that applies a tenant's guardrail to each call. Requests have no part in it: whatever they say is replaced.
 *
 * - Streams are checked before they are passed on (`sync`).
 * - The trace is off, because it quotes content.
 *
 * @param guardrails by source Region; undefined if the tenant has none
 */
export function guarded(upstream: Upstream, guardrails: Guardrails | undefined): Upstream {
  if (guardrails === undefined) return upstream;
  const applied = ({ sourceRegion }: Destination) => {
    const guardrail = guardrails.get(sourceRegion);
    if (guardrail === undefined) throw new Error(`the tenant has no guardrail in ${sourceRegion}, so nothing is sent`);
    return { ...guardrail, trace: 'disabled' as const };
  };
  return {
    converse: async (destination, request, signal, note) =>
      upstream.converse(destination, { ...request, guardrailConfig: applied(destination) }, signal, note),
    converseStream: async (destination, request, signal, note) => {
      const guardrailConfig = { ...applied(destination), streamProcessingMode: 'sync' };
      return upstream.converseStream(destination, { ...request, guardrailConfig }, signal, note);
    },
    invoke: async ({ id }) => {
      throw new Error(`no guardrail can check what '${id}' embeds, so nothing is sent`);
    },
  };
}
