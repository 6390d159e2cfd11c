import type { RequestLog } from '../../http/records/request-log';
import type { ConverseRequest } from '../bedrock/bedrock';
import type { ModelEvent } from '../converse/model-event';
import { BYTES_A_TOKEN } from '../files/file-tokens';
import { estimatedPrompt } from './estimated-prompt';

/** Whether a provider's number can be one of tokens. */
export const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** Receives each event of an answer. */
export type Count = (event: ModelEvent) => void;

/**
 * Counts the tokens of an answer for the request log, event by event. If the provider reports no usage or zeros, because a stream breaks off for
 * example, or what can't be a number of tokens, the log has an estimate: of the prompt, and of everything that the model has sent so far.
 */
export function tally(prompt: ConverseRequest, log: RequestLog): Count {
  let bytes = 0;
  let pieces = 0;
  log.estimate = () => ({
    prompt: estimatedPrompt(prompt),
    // No piece is less than a token.
    completion: Math.max(pieces, Math.ceil(bytes / BYTES_A_TOKEN)),
    cached: 0,
    estimated: true,
  });
  return (event) => {
    if ('delta' in event) {
      bytes += Buffer.byteLength(event.delta);
      pieces += 1;
    } else if (event.type === 'usage') {
      const { prompt, completion, cached, cacheWrite } = event.usage;
      // Every prompt has tokens, so a provider that reports none hasn't counted. The ledger refuses a record with another number.
      if (prompt + completion === 0 || ![prompt, completion, cached, cacheWrite].every(isCount)) return;
      log.tokens = { prompt, completion, cached, ...(cacheWrite > 0 && { cacheWrite }) };
    } else if (event.type === 'tool-call') pieces += 1;
    else if (event.type === 'end' && event.intervened) log.intervened = true;
  };
}
