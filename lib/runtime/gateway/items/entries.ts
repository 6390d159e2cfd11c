import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { toImageBlock } from '../converse/image';
import { type Entry, textBlocks, toolUseBlock } from '../converse/turns';
import { ApiError } from '../errors/api-error';
import { isImage } from '../files/file-kind';
import { fileNotFound, type ModelFiles } from '../files/found-file';
import { inlineFile, toFileBlock } from '../files/model-file';
import type { InputItem, InputPart } from './items';
import { decodeReasoning } from './reasoning-proof';

/** The current input, without system messages. */
export function toEntries(input: string | readonly InputItem[], files: ModelFiles, param = 'input'): Entry[] {
  if (typeof input === 'string') return [{ side: 'user', param, blocks: textBlocks(input) }];
  const missing = (part: string): never => {
    throw fileNotFound(part);
  };
  return input.flatMap((item, index) => itemEntries(item, `${param}[${index}]`, { files, missing }));
}

/** The stored earlier items, without system messages. */
export const toFormerEntries = (history: readonly InputItem[], files: ModelFiles): Entry[] =>
  history.flatMap((item) => itemEntries(item, 'input', { files, missing: () => FILE_GONE }));

/** The text in place of a deleted file, so that conversations with it continue. */
const FILE_GONE: ContentBlock = { text: '(A file was here, which is no longer stored.)' };

/** The files that items may name, and the handling of a missing one. */
interface Named {
  readonly files: ModelFiles;
  readonly missing: (param: string) => ContentBlock;
}

function itemEntries(item: InputItem, param: string, named: Named): Entry[] {
  switch (item.type) {
    case 'function_call': {
      const call = toolUseBlock(item.call_id, item.name, item.arguments, `${param}.arguments`);
      return [{ side: 'assistant', param, blocks: [call] }];
    }
    case 'function_call_output': {
      // A tool result may contain texts, images and documents too.
      const result = partBlocks(item.output, `${param}.output`, named) as Extract<Entry, { side: 'tool' }>['result'];
      return [{ side: 'tool', param: `${param}.call_id`, callId: item.call_id, result }];
    }
    case 'reasoning':
      if (!item.encrypted_content) return [];
      return [{ side: 'assistant', param, blocks: [reasoned(item.encrypted_content, param)] }];
    case 'message':
      if (item.role === 'assistant') return [{ side: 'assistant', param, blocks: textBlocks(...saidTexts(item)) }];
      if (item.role !== 'user') return [];
      return [{ side: 'user', param, blocks: partBlocks(item.content, `${param}.content`, named) }];
  }
}

/** The system and developer messages, from any position. Bedrock takes them before the conversation. */
export function toSystem(
  instructions: string | undefined,
  input: string | readonly InputItem[],
  list = 'input',
): { text: string }[] {
  const items = typeof input === 'string' ? [] : input;
  const texts = items.flatMap((item, index) => {
    if (item.type !== 'message' || (item.role !== 'system' && item.role !== 'developer')) return [];
    if (typeof item.content === 'string') return [item.content];
    return item.content.map((part, at) => {
      if (part.type === 'input_text') return part.text;
      const param = `${list}[${index}].content[${at}].type`;
      throw new ApiError(400, 'invalid_value', `'${param}' may only be "input_text" for this role`, { param });
    });
  });
  return textBlocks(instructions ?? '', ...texts);
}

function partBlocks(content: string | readonly InputPart[], param: string, named: Named): ContentBlock[] {
  if (typeof content === 'string') return textBlocks(content);
  return content.flatMap((part, index): ContentBlock[] =>
    part.type === 'input_text' ? textBlocks(part.text) : [fileBlock(part, `${param}[${index}]`, named)],
  );
}

/** An image or a file, given either in the part itself or by its ID. */
function fileBlock(part: Exclude<InputPart, { type: 'input_text' }>, param: string, named: Named): ContentBlock {
  const [name, inline] = part.type === 'input_image' ? ['image_url', part.image_url] : ['file_data', part.file_data];
  if (!inline === !part.file_id) {
    throw new ApiError(400, 'invalid_value', `'${param}' must have either '${name}' or 'file_id'`, { param });
  }
  if (part.file_id) {
    const file = named.files.get(part.file_id);
    if (file === undefined) return named.missing(`${param}.file_id`);
    if (part.type === 'input_file' || isImage(file.kind)) return toFileBlock(file);
    const id = `${param}.file_id`;
    throw new ApiError(400, 'invalid_value', `'${id}' isn't an image; send it as "input_file"`, { param: id });
  }
  const from = `${param}.${name}`;
  return part.type === 'input_image'
    ? { image: toImageBlock(inline ?? '', from) }
    : toFileBlock(inlineFile(inline ?? '', from));
}

type Said = Extract<InputItem, { type: 'message'; role: 'assistant' }>;

function saidTexts({ content }: Said): string[] {
  return typeof content === 'string'
    ? [content]
    : content.map((part) => (part.type === 'output_text' ? part.text : part.refusal));
}

function reasoned(encoded: string, item: string): ContentBlock {
  const block = decodeReasoning(encoded);
  if (block !== undefined) return block;
  const param = `${item}.encrypted_content`;
  throw new ApiError(
    400,
    'invalid_value',
    `'${param}' was not issued by this gateway, so its models can't read it; leave the item out`,
    { param },
  );
}
