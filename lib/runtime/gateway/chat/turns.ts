import type { ContentBlock, Message } from '@aws-sdk/client-bedrock-runtime';
import { ApiError } from '../api-error';
import { toImageBlock } from './image';
import type { AssistantMessage, ChatMessage, ToolMessage, UserMessage } from './message-schema';

/**
 * The turns of a conversation in Bedrock's form, which alternate: messages of one side that follow each other become one
 * turn, and results of tools are the user's. System messages aren't turns.
 *
 * @throws ApiError when the order or a content can't be expressed
 */
export function toTurns(messages: readonly ChatMessage[]): Message[] {
  const turns: { role: 'user' | 'assistant'; content: ContentBlock[] }[] = [];
  // The calls that the last assistant message made and that no tool has answered yet.
  let unanswered = new Set<string>();
  messages.forEach((message, index) => {
    if (message.role === 'system' || message.role === 'developer') return;
    const param = `messages[${index}]`;
    if (message.role === 'tool') {
      if (!unanswered.delete(message.tool_call_id)) {
        throw invalid(
          `${param}.tool_call_id`,
          'must be the id of a tool call just before it that no message answers yet',
        );
      }
    } else if (unanswered.size > 0) {
      throw invalid(param, 'must come after one tool message for each tool call before it');
    }
    const content = toBlocks(message, param);
    if (content.length === 0) throw invalid(`${param}.content`, 'must not be empty');
    if (message.role === 'assistant') unanswered = new Set(message.tool_calls?.map((call) => call.id));
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content });
  });
  if (unanswered.size > 0) throw invalid('messages', 'must end with one tool message for each tool call');
  if (turns[0]?.role !== 'user') throw invalid('messages', "must have a message of role 'user' before any answer");
  return turns;
}

/** The text of a content that holds text only. */
export function textBlocks(content: string | readonly { readonly text: string }[]): { text: string }[] {
  const texts = typeof content === 'string' ? [content] : content.map((part) => part.text);
  // Bedrock refuses an empty text, which says nothing anyway.
  return texts.filter((text) => text !== '').map((text) => ({ text }));
}

function toBlocks(message: UserMessage | AssistantMessage | ToolMessage, param: string): ContentBlock[] {
  switch (message.role) {
    case 'user':
      return userBlocks(message, param);
    case 'assistant':
      return assistantBlocks(message, param);
    case 'tool':
      return [{ toolResult: { toolUseId: message.tool_call_id, content: textBlocks(message.content) } }];
  }
}

function userBlocks({ content }: UserMessage, param: string): ContentBlock[] {
  if (typeof content === 'string') return textBlocks(content);
  return content.flatMap((part, index): ContentBlock[] =>
    part.type === 'text'
      ? textBlocks([part])
      : [{ image: toImageBlock(part.image_url.url, `${param}.content[${index}].image_url.url`) }],
  );
}

function assistantBlocks({ content, refusal, tool_calls }: AssistantMessage, param: string): ContentBlock[] {
  const parts = typeof content === 'string' ? [{ text: content }] : (content ?? []);
  const texts = parts.map((part) => ('text' in part ? part : { text: part.refusal }));
  const calls = (tool_calls ?? []).map((call, index) => ({
    toolUse: {
      toolUseId: call.id,
      name: call.function.name,
      input: parseArguments(call.function.arguments, `${param}.tool_calls[${index}].function.arguments`),
    },
  }));
  return [...textBlocks(texts), ...textBlocks(refusal ?? ''), ...calls];
}

type ToolInput = NonNullable<ContentBlock['toolUse']>['input'];

function parseArguments(text: string, param: string): ToolInput {
  let value: unknown;
  try {
    value = JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw invalid(param, 'must be JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid(param, 'must be a JSON object');
  return value as ToolInput;
}

const invalid = (param: string, what: string) => new ApiError(400, 'invalid_value', `'${param}' ${what}`, { param });
