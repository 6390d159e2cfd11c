import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseRequest } from '../bedrock/bedrock';

/** Tells a model that a tool failed, where its provider has no field for that. */
export const TOOL_FAILED = '(The tool failed.)';

/** A request in which each failure of a tool is part of its result's text; the request itself if no tool failed. */
export function withFailuresAsText(converse: ConverseRequest): ConverseRequest {
  const { messages = [] } = converse;
  if (!messages.some(({ content }) => content?.some(isFailure))) return converse;
  return { ...converse, messages: messages.map(({ role, content }) => ({ role, content: content?.map(asText) })) };
}

const isFailure = ({ toolResult }: ContentBlock): boolean => toolResult?.status === 'error';

function asText(block: ContentBlock): ContentBlock {
  const { toolResult } = block;
  if (toolResult === undefined || !isFailure(block)) return block;
  const { status, content, ...result } = toolResult;
  return { toolResult: { ...result, content: [{ text: TOOL_FAILED }, ...(content ?? [])] } };
}
