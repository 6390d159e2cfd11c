import { factsOf } from '../../../boundary/facts-of';
import type { AnyDestination, ServerDestination } from '../../../boundary/server';
import { traitsOf } from '../../../facts/traits';
import type { ConverseRequest } from '../bedrock/bedrock';
import type { ModelRequest } from '../converse/model-request';
import type { AdmittedPolicy } from '../policy/admitted-policy';
import { withCachePoints } from './cache';
import { fitClaude } from './claude';
import { fitEffort } from './effort';
import { type Draft, type Fit, ignoring, type Unable } from './fit';
import { fitFormat } from './format';
import { fitContent, fitHistory } from './history';
import { fitLength } from './length';
import { fitSampling, fitStop } from './sampling';
import { fitTools } from './tools';
import { NOTHING_KNOWN, type Traits } from './traits';

/** A request in the form of one destination. */
export interface Prepared {
  readonly converse: ConverseRequest;
  /** The tool whose input is the answer, if the format is enforced that way. */
  readonly answerTool?: string;
  /** Whether the model can't stream this request, so that its answer is requested as a whole. */
  readonly whole?: true;
  /** The parameters that aren't sent, or not with their value; none if there aren't any. */
  readonly ignored?: readonly string[];
}

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
  if (destination.provider !== 'bedrock') return forServer(request, destination, keepsContent);
  const row = traitsOf(factsOf(boundary), destination.modelId);
  let draft: Draft = { converse: request.converse };
  const isClaude = destination.modelId.startsWith('anthropic.');
  for (const step of isClaude ? [...FITS, fitClaude] : FITS) {
    const next = step(draft, request, row ?? NOTHING_KNOWN);
    if ('cannot' in next) return row === undefined ? { ...next, why: NOT_KNOWN } : next;
    draft = next;
  }
  if (draft.answerTool && guardrails) return { cannot: request.format?.param ?? 'tools', why: UNCHECKED };
  const caches = caching ?? (keepsContent || request.cacheControl !== undefined);
  const { converse, answerTool, whole, ignored } = cached(draft, request, caches, row ?? NOTHING_KNOWN);
  return { converse, ...(answerTool && { answerTool }), ...(whole && { whole }), ...(ignored && { ignored }) };
}

const UNCHECKED =
  "this model answers in a format only through a tool, whose input the tenant's guardrail doesn't check";

const NOT_KNOWN = 'this gateway knows only that the model accepts messages and a limit of tokens';

/** The draft with cache points. They are a hint: without them, the same answer only costs more. */
function cached(draft: Draft, { cacheControl }: ModelRequest, caches: boolean, traits: Traits): Draft {
  if (!caches || traits.cachePoints === null) return cacheControl ? ignoring(draft, 'cache_control') : draft;
  const withPoints = { ...draft, converse: withCachePoints(draft.converse, traits) };
  return cacheControl?.ttl === '1h' ? ignoring(withPoints, 'cache_control.ttl') : withPoints;
}

/** A server reports itself what it can't honour. The gateway decides what must not be sent to it. */
function forServer(
  { converse, conversationParam, format, cacheControl }: ModelRequest,
  { provider, schemasMayLeave }: ServerDestination,
  keepsContent: boolean,
): Prepared | Unable {
  const results = (converse.messages ?? []).flatMap(
    ({ content }) => content?.flatMap((block) => block.toolResult?.content ?? []) ?? [],
  );
  // A chat has no form for a tool's image or document.
  if (results.some(({ image, document }) => image ?? document)) {
    return { cannot: conversationParam, why: "this model doesn't accept images or documents from tools" };
  }
  // Text files are sent as text. Only OpenAI's own models read a PDF.
  const blocks = (converse.messages ?? []).flatMap(({ content }) => content ?? []);
  if (provider !== 'openai' && blocks.some(({ document }) => document?.format === 'pdf')) {
    return { cannot: conversationParam, why: "this model doesn't support PDF" };
  }
  // Such a server decides itself what it caches.
  const prepared = { converse, ...(cacheControl && { ignored: ['cache_control'] }) };
  if (keepsContent || schemasMayLeave) return prepared;
  if (format?.schema !== undefined) return { cannot: format.schemaParam, leaves: true };
  const strict = converse.toolConfig?.tools?.some(({ toolSpec }) => toolSpec?.strict);
  return strict ? { cannot: 'tools', leaves: true } : prepared;
}
