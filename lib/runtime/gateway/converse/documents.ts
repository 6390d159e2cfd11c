import type { ContentBlock, Message } from '@aws-sdk/client-bedrock-runtime';
import { ApiError } from '../errors/api-error';

/** Converse's limits for one message. */
const MOST_DOCUMENTS = 5;
const MOST_IMAGES = 20;

/**
 * Turns in which every document has a unique name and is accompanied by a text, as Converse requires. The names reveal nothing.
 *
 * @param param the parameter that holds the conversation
 * @throws ApiError if a turn has more documents or images than Converse accepts
 */
export function withNamedDocuments(turns: readonly Message[], param: string): Message[] {
  let count = 0;
  const named = <T extends { readonly document?: ContentBlock['document'] }>(block: T): T =>
    block.document === undefined ? block : { ...block, document: { ...block.document, name: `document-${++count}` } };
  return turns.map(({ role, content = [] }) => {
    const parts: readonly Partial<ContentBlock>[] = content.flatMap(
      (block): Partial<ContentBlock>[] => block.toolResult?.content ?? [block],
    );
    requireAtMost(MOST_DOCUMENTS, 'documents', parts.filter((part) => part.document !== undefined).length, param);
    requireAtMost(MOST_IMAGES, 'images', parts.filter((part) => part.image !== undefined).length, param);
    const blocks = content.map((block): ContentBlock => {
      const { toolResult } = block;
      if (toolResult === undefined) return named(block);
      return { toolResult: { ...toolResult, content: toolResult.content?.map(named) } };
    });
    const isBare = blocks.some(({ document }) => document) && !blocks.some(({ text }) => text);
    return { role, content: isBare ? [...blocks, { text: 'See the document.' }] : blocks };
  });
}

function requireAtMost(most: number, what: string, found: number, param: string): void {
  if (found <= most) return;
  throw new ApiError(
    400,
    'invalid_value',
    `'${param}' may hold at most ${most} ${what} in one turn, got ${found}; send fewer`,
    {
      param,
    },
  );
}
