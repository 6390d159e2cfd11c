import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseRequest } from '../bedrock/bedrock';
import { BYTES_A_TOKEN, estimatedTokens, TOKENS_AN_IMAGE } from '../files/file-tokens';

/** Approximately the tokens that a model counts for a request. */
export function estimatedPrompt({ system, messages = [], toolConfig }: ConverseRequest): number {
  const blocks = messages.flatMap(({ content = [] }) => content);
  const results = blocks.flatMap(({ toolResult }) => (toolResult?.content ?? []) as ContentBlock[]);
  const text = Math.ceil(textBytes([system, blocks, toolConfig]) / BYTES_A_TOKEN);
  return [...blocks, ...results].reduce((sum, block) => sum + tokensOfFile(block), text);
}

function tokensOfFile({ image, document }: ContentBlock): number {
  if (image !== undefined) return TOKENS_AN_IMAGE;
  const bytes = document?.source?.bytes;
  return bytes === undefined ? 0 : estimatedTokens(document?.format === 'pdf' ? 'pdf' : 'text', bytes);
}

/** The bytes of all texts, names and numbers; those of files count separately. */
function textBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value === undefined || value === null || value instanceof Uint8Array) return 0;
  if (typeof value !== 'object') return `${value}`.length;
  if (Array.isArray(value)) return value.reduce((sum, one) => sum + textBytes(one), 0);
  return Object.entries(value).reduce((sum, [name, one]) => sum + name.length + textBytes(one), 0);
}
