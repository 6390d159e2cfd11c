import type { ContentBlock, SystemContentBlock, Tool } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseRequest } from '../bedrock/bedrock';
import { estimatedTokens, TOKENS_AN_IMAGE } from '../files/file-tokens';
import { textTokens } from './text-tokens';

/** The tokens of a message besides its content, such as its role. */
const TOKENS_A_MESSAGE = 8;

/** The tokens of the instructions that tell a model about its tools. */
const TOKENS_OF_TOOLS = 350;

/** The characters of hidden reasoning in base64 per token. No source states it, so this is a guess. */
const HIDDEN_CHARACTERS_A_TOKEN = 4;

/**
 * Approximately the input tokens of a request. It errs on the high side, because clients shorten a conversation by it.
 *
 * @param takesReasoning whether earlier reasoning is sent to the model
 */
export function countTokens({ system, toolConfig, messages = [] }: ConverseRequest, takesReasoning: boolean): number {
  const tools = toolConfig?.tools ?? [];
  const said = messages.flatMap(({ content }) => content ?? []);
  const sent = takesReasoning ? said : said.filter(({ reasoningContent }) => reasoningContent === undefined);
  const blocks = [...(system ?? []), ...tools, ...sent];
  return (
    blocks.reduce((sum, block) => sum + tokensOf(block), 0) +
    messages.length * TOKENS_A_MESSAGE +
    (tools.length > 0 ? TOKENS_OF_TOOLS : 0)
  );
}

function tokensOf(block: Tool | SystemContentBlock | ContentBlock): number {
  const { text, image, document, toolResult, reasoningContent, ...other }: Partial<ContentBlock> = block;
  if (text !== undefined) return textTokens(text);
  if (image !== undefined) return TOKENS_AN_IMAGE;
  if (document !== undefined) {
    const bytes = document.source?.bytes ?? new Uint8Array();
    return document.format === 'pdf' ? estimatedTokens('pdf', bytes) : textTokens(Buffer.from(bytes).toString());
  }
  if (toolResult !== undefined) {
    return (toolResult.content ?? []).reduce((sum, part) => sum + tokensOf(part as ContentBlock), TOKENS_A_MESSAGE);
  }
  if (reasoningContent !== undefined) return reasoningTokens(reasoningContent);
  return textTokens(JSON.stringify(other));
}

/** A signature proves a text, or contains one that isn't shown. */
function reasoningTokens({ reasoningText, redactedContent }: NonNullable<ContentBlock['reasoningContent']>): number {
  const { text, signature = '' } = reasoningText ?? {};
  if (text) return textTokens(text);
  const hidden = redactedContent ? (redactedContent.length * 4) / 3 : signature.length;
  return Math.ceil(hidden / HIDDEN_CHARACTERS_A_TOKEN);
}
