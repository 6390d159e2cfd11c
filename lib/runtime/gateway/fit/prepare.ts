import type { Destination } from '../../../boundary/destination';
import { factsOf } from '../../../boundary/facts-of';
import { makerOf } from '../../../boundary/model-kind';
import type { AnyDestination } from '../../../boundary/server';
import { traitsOf } from '../../../facts/traits';
import type { ConverseRequest } from '../bedrock/bedrock';
import { withFailuresAsText } from '../converse/failures-as-text';
import type { ModelRequest } from '../converse/model-request';
import type { AdmittedPolicy } from '../policy/admitted-policy';
import { withCachePoints } from './cache';
import { asChat, chatTraits, unsayable } from './chat';
import { fitClaude } from './claude';
import { fitEffort } from './effort';
import { type Draft, type Fit, ignoring, type Prepared, type Unable } from './fit';
import { forServer } from './for-server';
import { fitFormat } from './format';
import { fitContent, fitHistory, withoutClientReasoning } from './history';
import { fitLength } from './length';
import { fitSampling, fitStop } from './sampling';
import { fitTools } from './tools';
import { NOTHING_KNOWN, type Traits } from './traits';

/** In this order, because effort depends on the length and on forced tools, and sampling on effort. */
const FITS: readonly Fit[] = [fitHistory, fitContent, fitTools, fitLength, fitEffort, fitSampling, fitStop, fitFormat];

/**
 * A request for one destination, or the parameter that its model can't honour.
 *
 * @param policy its facts say what the model accepts, and it says whether the tenant's content may be stored
 * @param caching whether the model's configuration lets its provider cache prompts; undefined if it doesn't say
 */
export function prepare(
  request: ModelRequest,
  destination: AnyDestination,
  { boundary, keepsContent, guardrails }: Pick<AdmittedPolicy, 'boundary' | 'keepsContent' | 'guardrails'>,
  caching?: boolean,
): Prepared | Unable {
  if (destination.provider !== 'bedrock') return forServer(request, destination, keepsContent, caching);
  const { row, traits = NOTHING_KNOWN } = traitsBy(destination, boundary);
  const unable = destination.api && unsayable(request.converse, request.conversationParam, false);
  if (unable !== undefined) return unable;
  const known = { converse: withKnownStatus(request.converse, destination.modelId) };
  let draft: Draft = guardrails === undefined ? known : withoutClientReasoning(known, request);
  const isClaude = destination.modelId.startsWith('anthropic.');
  for (const step of isClaude ? [...FITS, fitClaude] : FITS) {
    const next = step(draft, request, traits);
    if ('cannot' in next) return row === undefined ? { ...next, why: NOT_KNOWN } : next;
    draft = next;
  }
  if (draft.answerTool && guardrails) return { cannot: request.format?.param ?? 'tools', why: UNCHECKED };
  const caches = caching ?? (keepsContent || request.cacheControl !== undefined);
  const { converse, answerTool, whole, ignored } = cached(draft, request, caches, traits);
  const chat = destination.api && asChat(request, draft);
  return {
    converse,
    ...(chat && { chat }),
    ...(answerTool && { answerTool }),
    ...(whole && { whole }),
    ...(ignored && { ignored }),
  };
}

/** Whether a destination is sent the reasoning of earlier turns. */
export const takesReasoningBack = (
  destination: AnyDestination,
  { boundary }: Pick<AdmittedPolicy, 'boundary'>,
): boolean => destination.provider === 'bedrock' && traitsBy(destination, boundary).traits?.reasoningBack === 'signed';

/** What a model's row says, and what the model accepts by the API of the destination; neither for a model without a row. */
function traitsBy({ modelId, api }: Destination, boundary: AdmittedPolicy['boundary']) {
  const row = traitsOf(factsOf(boundary), modelId);
  return { row, traits: row === undefined || api === undefined ? row : chatTraits(row) };
}

const UNCHECKED =
  "this model answers in a format only through a tool, whose input the tenant's guardrail doesn't check";

/** Of all makers, only these two have a form for a tool that failed. */
const KNOW_FAILURES: readonly string[] = ['anthropic', 'amazon'];

const withKnownStatus = (converse: ConverseRequest, modelId: string): ConverseRequest =>
  KNOW_FAILURES.includes(makerOf(modelId)) ? converse : withFailuresAsText(converse);

const NOT_KNOWN = 'this gateway knows only that the model accepts messages and a limit of tokens';

/** The draft with cache points. They are a hint: without them, the same answer only costs more. */
function cached(draft: Draft, { cacheControl }: ModelRequest, caches: boolean, traits: Traits): Draft {
  if (!caches || traits.cachePoints === null) return cacheControl ? ignoring(draft, 'cache_control') : draft;
  const withPoints = { ...draft, converse: withCachePoints(draft.converse, traits) };
  return cacheControl?.ttl === '1h' ? ignoring(withPoints, 'cache_control.ttl') : withPoints;
}
