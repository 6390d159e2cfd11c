import type { OpenAiTerms } from '../../boundary/server';
import type { Draft } from '../read/draft';

/** What a file says of OpenAI; none when it doesn't accept that OpenAI's Europe is wider than the boundary. */
export function openAiTerms(openai: Draft['openai']): OpenAiTerms | undefined {
  const { reason, approver } = openai?.acceptsWiderEurope ?? {};
  if (reason === undefined) return undefined;
  return {
    reason: approver === undefined ? reason : `${reason} (${approver})`,
    zeroRetention: openai?.zeroRetention === true,
    schemasMayLeave: openai?.schemasMayLeave === true,
  };
}
