import type { ContentBlock, DocumentBlock, Message, ToolConfiguration } from '@aws-sdk/client-bedrock-runtime';
import { makerOf } from '../../../boundary/model-kind';
import type { AnyDestination } from '../../../boundary/server';
import { TOOL_FAILED } from '../converse/failures-as-text';
import type { ModelRequest } from '../converse/model-request';

/**
 * A request as the body of a chat completion. The gateway builds it from values that it has parsed, and never passes on a client's body.
 */
export function toChatBody(
  { converse, format, effort, severalCalls, cachesInMemory }: ModelRequest,
  destination: AnyDestination,
): Record<string, unknown> {
  const { provider } = destination;
  const { messages = [], system = [], toolConfig, inferenceConfig = {} } = converse;
  const { maxTokens, temperature, topP, stopSequences } = inferenceConfig;
  const instructions = system.flatMap((block) => block.text ?? []).map((content) => ({ role: 'system', content }));
  return {
    model: provider === 'bedrock' ? destination.id : destination.modelId,
    messages: [...instructions, ...messages.flatMap(toMessages)],
    ...toTools(toolConfig, provider),
    // Not every model of Bedrock knows it, and the gateway passes on one call anyway.
    ...(toolConfig && !severalCalls && provider !== 'bedrock' && { parallel_tool_calls: false }),
    ...(maxTokens !== undefined && { [lengthName(destination)]: maxTokens }),
    ...(temperature !== undefined && { temperature }),
    // 1 is no restriction, and OpenAI's reasoning models refuse the parameter itself.
    ...(topP !== undefined && topP !== 1 && { top_p: topP }),
    ...(stopSequences && { stop: stopSequences }),
    ...(format && { response_format: toResponseFormat(format) }),
    ...(effort && { reasoning_effort: effort.value }),
    // Otherwise, OpenAI would store the answer by default.
    ...(servesOpenAi(destination) && { store: false }),
    // Otherwise, it would cache prompts for a day by default. A model that can't do without refuses the request.
    ...(servesOpenAi(destination) && cachesInMemory && { prompt_cache_retention: 'in_memory' }),
  };
}

/** The same for an answer as a stream, whose last piece reports the usage. */
export function toStreamedChatBody(request: ModelRequest, destination: AnyDestination): Record<string, unknown> {
  const body = { ...toChatBody(request, destination), stream: true };
  // Mistral reports it anyway, and refuses a field that it doesn't know: https://github.com/avante-corp/avante.nvim/issues/2347
  return serviceOf(destination) === 'mistral' ? body : { ...body, stream_options: { include_usage: true } };
}

const serviceOf = (destination: AnyDestination) =>
  destination.provider === 'external' ? destination.service : undefined;

/** Whether OpenAI's own models answer: its own host, or Azure's with the same protocol. */
export const servesOpenAi = (destination: AnyDestination): boolean =>
  destination.provider === 'openai' || serviceOf(destination) === 'azure';

/** OpenAI's and xAI's reasoning models accept only the new name, and other servers often only the former one. */
function lengthName(destination: AnyDestination): 'max_completion_tokens' | 'max_tokens' {
  const { provider, modelId } = destination;
  const takesNewName =
    servesOpenAi(destination) || (provider === 'bedrock' && ['openai', 'xai'].includes(makerOf(modelId)));
  return takesNewName ? 'max_completion_tokens' : 'max_tokens';
}

function toResponseFormat({ name, description, schema, strict }: NonNullable<ModelRequest['format']>) {
  if (schema === undefined) return { type: 'json_object' };
  return {
    type: 'json_schema',
    json_schema: { name, ...(description !== undefined && { description }), schema, strict: strict ?? false },
  };
}

function toMessages({ role, content = [] }: Message): Record<string, unknown>[] {
  return role === 'assistant' ? [toAssistant(content)] : [...content.flatMap(toToolMessage), ...toUser(content)];
}

function toAssistant(content: readonly ContentBlock[]): Record<string, unknown> {
  const text = content.flatMap((block) => block.text ?? []).join('');
  const calls = content.flatMap(({ toolUse }) =>
    toolUse === undefined
      ? []
      : [
          {
            id: toolUse.toolUseId,
            type: 'function',
            function: { name: toolUse.name, arguments: JSON.stringify(toolUse.input ?? {}) },
          },
        ],
  );
  return { role: 'assistant', content: text === '' ? null : text, ...(calls.length > 0 && { tool_calls: calls }) };
}

function toToolMessage({ toolResult }: ContentBlock): Record<string, unknown>[] {
  if (toolResult === undefined) return [];
  const texts = (toolResult.content ?? []).flatMap((block) => block.text ?? []);
  const content = [...(toolResult.status === 'error' ? [TOOL_FAILED] : []), ...texts].join('\n');
  return [{ role: 'tool', tool_call_id: toolResult.toolUseId, content }];
}

function toUser(content: readonly ContentBlock[]): Record<string, unknown>[] {
  const parts = content.flatMap(({ text, image, document }): Record<string, unknown>[] => {
    if (text !== undefined) return [{ type: 'text', text }];
    if (document !== undefined) return [toFilePart(document)];
    if (image === undefined) return [];
    const data = Buffer.from(image.source?.bytes ?? []).toString('base64');
    return [{ type: 'image_url', image_url: { url: `data:image/${image.format};base64,${data}` } }];
  });
  if (parts.length === 0) return [];
  const [only] = parts;
  return [{ role: 'user', content: parts.length === 1 && only?.type === 'text' ? only.text : parts }];
}

function toFilePart({ format, name, source }: DocumentBlock): Record<string, unknown> {
  const bytes = Buffer.from(source?.bytes ?? []);
  if (format !== 'pdf') return { type: 'text', text: `${name}:\n${bytes.toString()}` };
  const file_data = `data:application/pdf;base64,${bytes.toString('base64')}`;
  return { type: 'file', file: { filename: `${name}.pdf`, file_data } };
}

function toTools(config: ToolConfiguration | undefined, provider: AnyDestination['provider']): Record<string, unknown> {
  if (config === undefined) return {};
  const tools = (config.tools ?? []).flatMap(({ toolSpec }) => {
    if (toolSpec === undefined) return [];
    const { name, description, inputSchema, strict } = toolSpec;
    const described = { ...(description && { description }), ...(strict && { strict }) };
    return [{ type: 'function', function: { name, parameters: inputSchema?.json, ...described } }];
  });
  const { any, tool } = config.toolChoice ?? {};
  const choice = tool ? { type: 'function', function: { name: tool.name } } : any ? 'required' : undefined;
  // Some models of Bedrock refuse a choice, even this one.
  return { tools, tool_choice: choice ?? (provider === 'bedrock' ? undefined : 'auto') };
}
