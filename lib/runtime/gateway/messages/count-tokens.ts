import type { ContentBlock, SystemContentBlock, Tool } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseRequest } from '../bedrock/bedrock';
import { BYTES_A_TOKEN, estimatedTokens, TOKENS_AN_IMAGE } from '../files/file-tokens';

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
    return estimatedTokens(document.format === 'pdf' ? 'pdf' : 'text', document.source?.bytes ?? new Uint8Array());
  }
  if (toolResult !== undefined) {
    return (toolResult.content ?? []).reduce((sum, part) => sum + tokensOf(part as ContentBlock), TOKENS_A_MESSAGE);
  }
  return textTokens(JSON.stringify(other));
}

const textTokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / BYTES_A_TOKEN);
