import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { type Entry, textBlocks } from '../converse/turns';
import type { FileReference, ModelFiles } from '../files/found-file';
import type { AssistantBlock, Message, Part, SystemContent, ToolResult, UserBlock } from './block-schema';
import { bytesOf, toBlocks } from './parts';

/** The messages without system messages, which aren't part of the conversation. */
export function toEntries(messages: readonly Message[], files: ModelFiles): Entry[] {
  return messages.flatMap(({ role, content }, index): Entry[] => {
    const param = `messages[${index}]`;
    if (role === 'system') return [];
    if (typeof content === 'string') return [{ side: role, param, blocks: textBlocks(content) }];
    if (role === 'assistant') {
      const blocks = content.flatMap((block, at) => assistantBlocks(block, `${param}.content[${at}]`));
      return [{ side: role, param, blocks }];
    }
    return userEntries(content, param, files);
  });
}

/** The system prompt and the system messages, from any position. Bedrock takes them before the conversation. */
export const toSystem = (system: SystemContent | undefined, messages: readonly Message[]): { text: string }[] =>
  textBlocks(
    ...textsOf(system ?? []),
    ...messages.flatMap(({ role, content }) => (role === 'system' ? textsOf(content) : [])),
  );

const textsOf = (content: SystemContent) => (typeof content === 'string' ? [content] : content.map(({ text }) => text));

/** The files that messages name by ID. */
export function fileReferences(messages: readonly Message[]): FileReference[] {
  return messages.flatMap(({ role, content }, index) =>
    role === 'user' && typeof content !== 'string' ? referencesIn(content, `messages[${index}].content`) : [],
  );
}

function referencesIn(blocks: readonly (UserBlock | Part)[], list: string): FileReference[] {
  return blocks.flatMap((block, at): FileReference[] => {
    const param = `${list}[${at}]`;
    if (block.type === 'tool_result') {
      return Array.isArray(block.content) ? referencesIn(block.content, `${param}.content`) : [];
    }
    if (block.type !== 'image' && block.type !== 'document') return [];
    const { source } = block;
    if (source.type === 'file') return [{ id: source.file_id, param: `${param}.source.file_id` }];
    return source.type === 'content' && typeof source.content !== 'string'
      ? referencesIn(source.content, `${param}.source.content`)
      : [];
  });
}

/** A message that holds only results needs no text of its own, and clients may add a blank one. */
function userEntries(content: readonly UserBlock[], param: string, files: ModelFiles): Entry[] {
  const entries = content.map((block, at): Entry => {
    const place = `${param}.content[${at}]`;
    if (block.type === 'tool_result') return resultEntry(block, place, files);
    return { side: 'user', param, blocks: toBlocks(block, place, files) };
  });
  const own = entries.filter((entry) => entry.side === 'tool' || entry.blocks.length > 0);
  return own.length > 0 ? own : [{ side: 'user', param, blocks: [] }];
}

function resultEntry({ tool_use_id: callId, content, is_error }: ToolResult, place: string, files: ModelFiles): Entry {
  const parts: ContentBlock[] =
    typeof content === 'string'
      ? textBlocks(content)
      : (content ?? []).flatMap((part, at) => toBlocks(part, `${place}.content[${at}]`, files));
  const result = parts as Extract<Entry, { side: 'tool' }>['result'];
  return { side: 'tool', param: `${place}.tool_use_id`, callId, result, failed: is_error === true };
}

/** Reasoning without its proof is left out, because no model accepts it back. */
function assistantBlocks(block: AssistantBlock, param: string): ContentBlock[] {
  switch (block.type) {
    case 'text':
      return textBlocks(block.text);
    case 'thinking': {
      const { thinking: text, signature } = block;
      return signature ? [{ reasoningContent: { reasoningText: { text, signature } } }] : [];
    }
    case 'redacted_thinking':
      return [{ reasoningContent: { redactedContent: bytesOf(block.data, `${param}.data`) } }];
    case 'tool_use':
      return [{ toolUse: { toolUseId: block.id, name: block.name, input: block.input as never } }];
  }
}
