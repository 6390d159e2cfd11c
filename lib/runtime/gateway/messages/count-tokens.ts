import type { ContentBlock, SystemContentBlock, Tool } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseRequest } from '../bedrock/bedrock';
import { estimatedTokens, TOKENS_AN_IMAGE } from '../files/file-tokens';

/** The tokens of a message besides its content, such as its role. */
const TOKENS_A_MESSAGE = 8;

/** The tokens of the instructions with which a model is told that it has tools. */
const TOKENS_OF_TOOLS = 350;

/** Approximately the input tokens of a request: rather too many than too few, because clients shorten a conversation by it. */
export function countTokens({ system, toolConfig, messages = [] }: ConverseRequest): number {
  const tools = toolConfig?.tools ?? [];
  const blocks = [...(system ?? []), ...tools, ...messages.flatMap(({ content }) => content ?? [])];
  return (
    blocks.reduce((sum, block) => sum + tokensOf(block), 0) +
    messages.length * TOKENS_A_MESSAGE +
    (tools.length > 0 ? TOKENS_OF_TOOLS : 0)
  );
}

function tokensOf(block: Tool | SystemContentBlock | ContentBlock): number {
  const { text, image, document, toolResult, ...other }: Partial<ContentBlock> = block;
  if (text !== undefined) return textTokens(text);
  if (image !== undefined) return TOKENS_AN_IMAGE;
  if (document !== undefined) {
    const bytes = document.source?.bytes ?? new Uint8Array();
    return document.format === 'pdf' ? estimatedTokens('pdf', bytes) : textTokens(Buffer.from(bytes).toString());
  }
  if (toolResult !== undefined) {
    return (toolResult.content ?? []).reduce((sum, part) => sum + tokensOf(part as ContentBlock), TOKENS_A_MESSAGE);
  }
  return textTokens(JSON.stringify(other));
}

/**
 * Claude counts about 30 % more tokens from version 4.7 on, and random characters, such as hashes, are nearly a token each. In languages of
 * the EU with other letters, a letter can be more than a token.
 */
const [BYTES_A_TOKEN, OTHER_BYTES_A_TOKEN] = [2, 1.5];

/** Hashes, IDs and data in base64. */
const LONG = /[\w+/-]{24,}/g;

function textTokens(text: string): number {
  const ascii = text.replace(/\P{ASCII}+/gu, '').length;
  const other = Buffer.byteLength(text) - ascii;
  const dense = (text.match(LONG) ?? []).reduce((sum, run) => sum + (/\d/.test(run) ? run.length : 0), 0);
  return Math.ceil((ascii + dense) / BYTES_A_TOKEN + other / OTHER_BYTES_A_TOKEN);
}
