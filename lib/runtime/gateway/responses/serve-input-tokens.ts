import { readJson } from '../../http/read-json';
import type { RequestContext } from '../context/request-context';
import { ApiError } from '../errors/api-error';
import { readFiles } from '../files/found-file';
import { takesReasoningBack } from '../fit/prepare';
import { fileReferences } from '../items/file-references';
import { withReferencedItems } from '../items/item-references';
import { promptItems, withPrompt } from '../items/stored-prompt';
import { toModelRequest } from '../items/to-model-request';
import { countTokens } from '../messages/count-tokens';
import { allowOrRefuse, decideChatModel } from '../routing/decide';
import { parseResponse } from './serve-responses';

/** The parameters of a response that decide what a model is sent, as OpenAI counts them; `prompt` is our own addition. */
const COUNTED: readonly string[] = [
  'conversation',
  'input',
  'instructions',
  'model',
  'parallel_tool_calls',
  'previous_response_id',
  'prompt',
  'reasoning',
  'text',
  'tool_choice',
  'tools',
  'truncation',
];

/**
 * Serves `POST /v1/responses/input_tokens`: estimates what a response's input would count, with what it continues. It calls and stores
 * nothing.
 *
 * @throws ApiError for every refusal
 */
export async function serveInputTokens(request: Request, context: RequestContext): Promise<Response> {
  const { policy, log, begin } = context;
  const received = await readJson(request);
  requireCounted(received);
  const { body: given, prompt } = await withPrompt(received, context.prompt);
  const requested = parseResponse(
    await withReferencedItems(given, context.items),
    policy.keepsContent,
    begin !== undefined,
  );
  const { alias, destinations } = allowOrRefuse(decideChatModel(policy, requested.model), log);
  log.model = alias;
  const before = promptItems(prompt);
  const turn = await begin?.(requested, before, prompt?.shared);
  const files = await readFiles(
    async (id) => turn?.files.get(id),
    [...fileReferences(before, 'prompt'), ...fileReferences(requested.input)],
    fileReferences(turn?.history ?? []),
  );
  const { converse } = toModelRequest(requested, turn?.history, files, before);
  const takesReasoning = destinations.some((destination) => takesReasoningBack(destination, policy));
  return Response.json({ object: 'response.input_tokens', input_tokens: countTokens(converse, takesReasoning) });
}

/** @throws ApiError for a parameter that doesn't change what a model is sent */
function requireCounted(body: Record<string, unknown>): void {
  if (Object.keys(body).every((name) => COUNTED.includes(name))) return;
  throw new ApiError(
    400,
    'unknown_parameter',
    `this path doesn't know a parameter of the request; it accepts ${COUNTED.join(', ')}`,
  );
}
