import { factsOf } from '../../../boundary/facts-of';
import type { AnyDestination, ServerDestination } from '../../../boundary/server';
import { traitsOf } from '../../../facts/traits';
import type { ConverseRequest } from '../bedrock/bedrock';
import type { ModelRequest } from '../converse/model-request';
import type { AdmittedPolicy } from '../policy/admitted-policy';
import { fitEffort } from './effort';
import type { Draft, Fit, Unable } from './fit';
import { fitFormat } from './format';
import { fitContent, fitHistory } from './history';
import { fitLength } from './length';
import { fitSampling, fitStop } from './sampling';
import { fitTools } from './tools';
import { NOTHING_KNOWN } from './traits';

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
 */
export function prepare(
  request: ModelRequest,
  destination: AnyDestination,
  { boundary, keepsContent }: Pick<AdmittedPolicy, 'boundary' | 'keepsContent'>,
): Prepared | Unable {
  if (destination.provider !== 'bedrock') return forServer(request, destination, keepsContent);
  const row = traitsOf(factsOf(boundary), destination.modelId);
  let draft: Draft = { converse: request.converse };
  for (const step of FITS) {
    const next = step(draft, request, row ?? NOTHING_KNOWN);
    if ('cannot' in next) return row === undefined ? { ...next, why: NOT_KNOWN } : next;
    draft = next;
  }
  const { converse, answerTool, whole, ignored } = draft;
  return { converse, ...(answerTool && { answerTool }), ...(whole && { whole }), ...(ignored && { ignored }) };
}

const NOT_KNOWN = 'this gateway knows only that the model accepts messages and a limit of tokens';

/** A server reports itself what it can't honour. The gateway decides what must not be sent to it. */
function forServer(
  { converse, conversationParam, format }: ModelRequest,
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
  if (keepsContent || schemasMayLeave) return { converse };
  if (format?.schema !== undefined) return { cannot: format.schemaParam, leaves: true };
  const strict = converse.toolConfig?.tools?.some(({ toolSpec }) => toolSpec?.strict);
  return strict ? { cannot: 'tools', leaves: true } : { converse };
}
