import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { toImageBlock } from '../converse/image';
import { type Entry, textBlocks, toolUseBlock } from '../converse/turns';
import { ApiError } from '../errors/api-error';
import { type FileReference, fileNotFound, type ModelFiles } from '../files/found-file';
import { inlineFile, toFileBlock } from '../files/model-file';
import type { AssistantMessage, ChatMessage, UserMessage } from './message-schema';

/** The messages of a chat without system messages, which aren't part of the conversation. */
export function toEntries(messages: readonly ChatMessage[], files: ModelFiles): Entry[] {
  return messages.flatMap((message, index): Entry[] => {
    const param = `messages[${index}]`;
    switch (message.role) {
      case 'user':
        return [{ side: 'user', param, blocks: userBlocks(message, param, files) }];
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

/** The system and developer messages, from any position. Bedrock takes them before the conversation. */
export function toSystem(messages: readonly ChatMessage[]): { text: string }[] {
  return messages.flatMap((message) =>
    message.role === 'system' || message.role === 'developer' ? textBlocks(...textsOf(message.content)) : [],
  );
}

const textsOf = (content: string | readonly { readonly text: string }[]) =>
  typeof content === 'string' ? [content] : content.map((part) => part.text);

/** The files that messages name by ID. */
export function fileReferences(messages: readonly ChatMessage[]): FileReference[] {
  return messages.flatMap((message, index) => {
    if (message.role !== 'user' || typeof message.content === 'string') return [];
    return message.content.flatMap((part, at) =>
      part.type === 'file' && part.file.file_id
        ? [{ id: part.file.file_id, param: `messages[${index}].content[${at}].file.file_id` }]
        : [],
    );
  });
}

function userBlocks({ content }: UserMessage, param: string, files: ModelFiles): ContentBlock[] {
  if (typeof content === 'string') return textBlocks(content);
  return content.flatMap((part, index): ContentBlock[] => {
    const at = `${param}.content[${index}]`;
    if (part.type === 'text') return textBlocks(part.text);
    if (part.type === 'image_url') return [{ image: toImageBlock(part.image_url.url, `${at}.image_url.url`) }];
    return [fileBlock(part.file, `${at}.file`, files)];
  });
}

type GivenFile = Extract<Exclude<UserMessage['content'], string>[number], { type: 'file' }>['file'];

function fileBlock({ file_id, file_data }: GivenFile, param: string, files: ModelFiles): ContentBlock {
  if (!file_id === !file_data) {
    throw new ApiError(400, 'invalid_value', `'${param}' must have either 'file_data' or 'file_id'`, { param });
  }
  if (file_data) return toFileBlock(inlineFile(file_data, `${param}.file_data`));
  const file = files.get(file_id ?? '');
  if (file === undefined) throw fileNotFound(`${param}.file_id`);
  return toFileBlock(file);
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
