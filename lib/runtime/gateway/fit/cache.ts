import type { ContentBlock, Message, SystemContentBlock, Tool } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseRequest } from '../bedrock/bedrock';
import { BYTES_A_TOKEN, PDF_BYTES_A_TOKEN, TOKENS_AN_IMAGE } from '../files/file-tokens';
import type { Traits } from './traits';

/** Ends a prefix that the provider may cache. Without a `ttl`, for five minutes. */
const POINT = { cachePoint: { type: 'default' } } as const;

/** Where a cache point stands; `within` is before the last block of the first turn. */
type Place = 'tools' | 'system' | 'within' | 'previous' | 'last';

/**
 * The request with cache points, which change no answer. The point after the user's last turn writes what the next request reads. The
 * point after the turn before reads what the former request wrote, however many blocks the turns since have. In a first turn, it stands
 * before the last block instead, so that another question about the same document reads it.
 */
export function withCachePoints(converse: ConverseRequest, { cachePoints }: Traits): ConverseRequest {
  if (cachePoints === null) return converse;
  const { toolConfig, system = [], messages = [] } = converse;
  const last = messages.findLastIndex(({ role }) => role === 'user');
  const previous = messages.slice(0, Math.max(0, last)).findLastIndex(({ role }) => role === 'user');
  const earlier = blocksOf(messages.slice(0, previous + 1));
  const latest = blocksOf(messages.slice(previous + 1, last + 1));
  const { fields, minTokens, most } = cachePoints;
  const isLongEnough = lengthOf(minTokens);
  // In the order of the prefix.
  const found: readonly [Place, (typeof fields)[number], boolean][] = [
    ['tools', 'tools', isLongEnough(toolConfig?.tools ?? []) && (toolConfig?.tools ?? []).length > 0],
    ['system', 'system', isLongEnough(system ?? []) && (system ?? []).length > 0],
    ['previous', 'messages', isLongEnough(earlier) && earlier.length > 0],
    ['within', 'messages', isLongEnough(latest.slice(0, -1)) && previous < 0 && latest.length > 1],
    ['last', 'messages', isLongEnough(latest.slice(-1)) && latest.length > 0],
  ];
  const worth = found.filter(([, field, fits]) => fits && fields.includes(field)).map(([place]) => place);
  const places = new Set(worth.slice(-most));
  if (places.size === 0) return converse;
  const withPoints = (message: Message, index: number): Message => {
    const content = message.content ?? [];
    if (index === previous && places.has('previous')) return { ...message, content: [...content, POINT] };
    if (index !== last) return message;
    const split = places.has('within') ? [...content.slice(0, -1), POINT, ...content.slice(-1)] : content;
    return { ...message, content: places.has('last') ? [...split, POINT] : split };
  };
  return {
    ...converse,
    ...(places.has('tools') && { toolConfig: { ...toolConfig, tools: [...(toolConfig?.tools ?? []), POINT] } }),
    ...(places.has('system') && { system: [...(system ?? []), POINT] }),
    ...(last >= 0 && { messages: messages.map(withPoints) }),
  };
}

const blocksOf = (messages: readonly Message[]): ContentBlock[] => messages.flatMap(({ content }) => content ?? []);

/** Counts blocks until they have so many tokens; from then on, it counts no more. */
function lengthOf(minTokens: number): (blocks: readonly (Tool | SystemContentBlock | ContentBlock)[]) => boolean {
  let left = minTokens * BYTES_A_TOKEN;
  return (blocks) => {
    for (const block of blocks) {
      if (left <= 0) break;
      left -= bytesOf(block);
    }
    return left <= 0;
  };
}

/** Approximately what a block counts, in bytes of text. If a prefix is too short after all, the provider ignores its point. */
function bytesOf(block: Tool | SystemContentBlock | ContentBlock): number {
  const { text, image, document, toolResult, ...other }: Partial<ContentBlock> = block;
  if (text !== undefined) return text.length;
  if (image !== undefined) return TOKENS_AN_IMAGE * BYTES_A_TOKEN;
  if (document !== undefined) {
    const { length } = document.source?.bytes ?? [];
    return document.format === 'pdf' ? (length * BYTES_A_TOKEN) / PDF_BYTES_A_TOKEN : length;
  }
  if (toolResult !== undefined)
    return (toolResult.content ?? []).reduce((sum, part) => sum + bytesOf(part as never), 0);
  return JSON.stringify(other).length;
}
