import type { OpenAiTerms } from '../../boundary/server';
import type { NoneLeft } from '../model/none-left';
import type { Draft } from '../read/draft';

/** The terms on which a file uses OpenAI; none unless it accepts that OpenAI's Europe is wider than the boundary. */
export function openAiTerms(openai: Draft['openai']): OpenAiTerms | undefined {
  const { acceptsWiderEurope, zeroRetention, schemasMayLeave, ...left } = openai ?? {};
  const { reason, approver } = acceptsWiderEurope ?? {};
  if (reason === undefined) return undefined;
  return {
    reason: approver === undefined ? reason : `${reason} (${approver})`,
    zeroRetention: zeroRetention === true,
    schemasMayLeave: schemasMayLeave === true,
    ...(left satisfies NoneLeft),
  };
}
