import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { toImageBlock } from '../converse/image';
import { type Entry, textBlocks, toolUseBlock } from '../converse/turns';
import type { AssistantMessage, ChatMessage, UserMessage } from './message-schema';

/** The messages of a chat, without the system's, which aren't part of the conversation. */
export function toEntries(messages: readonly ChatMessage[]): Entry[] {
  return messages.flatMap((message, index): Entry[] => {
    const param = `messages[${index}]`;
    switch (message.role) {
      case 'user':
        return [{ side: 'user', param, blocks: userBlocks(message, param) }];
      case 'assistant':
        return [{ side: 'assistant', param, blocks: assistantBlocks(message, param) }];
      case 'tool': {
        const result = textBlocks(...textsOf(message.content));
        return [{ side: 'tool', param: `${param}.tool_call_id`, callId: message.tool_call_id, result }];
      }
      default:
        return [];
    }
  });
}

/** What the system and the developer say, wherever it stood: Bedrock takes it before the conversation. */
export function toSystem(messages: readonly ChatMessage[]): { text: string }[] {
  return messages.flatMap((message) =>
    message.role === 'system' || message.role === 'developer' ? textBlocks(...textsOf(message.content)) : [],
  );
}

const textsOf = (content: string | readonly { readonly text: string }[]) =>
  typeof content === 'string' ? [content] : content.map((part) => part.text);

function userBlocks({ content }: UserMessage, param: string): ContentBlock[] {
  if (typeof content === 'string') return textBlocks(content);
  return content.flatMap((part, index): ContentBlock[] =>
    part.type === 'text'
      ? textBlocks(part.text)
      : [{ image: toImageBlock(part.image_url.url, `${param}.content[${index}].image_url.url`) }],
  );
}

function assistantBlocks({ content, refusal, tool_calls }: AssistantMessage, param: string): ContentBlock[] {
  const texts =
    typeof content === 'string'
      ? [content]
      : (content ?? []).map((part) => ('text' in part ? part.text : part.refusal));
  const calls = (tool_calls ?? []).map((call, index) =>
    toolUseBlock(
      call.id,
      call.function.name,
      call.function.arguments,
      `${param}.tool_calls[${index}].function.arguments`,
    ),
  );
  return [...textBlocks(...texts, refusal ?? ''), ...calls];
}
