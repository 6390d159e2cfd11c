import type { ContentBlock, Message } from '@aws-sdk/client-bedrock-runtime';

/**
 * A conversation whose tool calls and their results are written as text. Bedrock accepts tool calls only together with a list of tools,
 * and lets the model call the tools of that list. OpenAI allows a turn without tools, so such a turn can't contain calls.
 */
export function callsAsText(messages: Message[]): Message[] {
  const holdsCalls = messages.some(({ content }) => content?.some(({ toolUse, toolResult }) => toolUse ?? toolResult));
  if (!holdsCalls) return messages;
  const names = new Map<string | undefined, string>();
  return messages.map(({ role, content = [] }) => ({
    role,
    content: (content ?? []).flatMap((block) => {
      const { toolUse, toolResult } = block;
      if (toolUse !== undefined) {
        names.set(toolUse.toolUseId, toolUse.name ?? '');
        return [{ text: `[called ${toolUse.name} with ${JSON.stringify(toolUse.input ?? {})}]` }];
      }
      return toolResult === undefined ? [block] : resultAsText(toolResult, names.get(toolResult.toolUseId) ?? 'a tool');
    }),
  }));
}

/** A tool's images and documents stay unchanged. */
function resultAsText({ content }: ContentBlock.ToolResultMember['toolResult'], name: string): ContentBlock[] {
  const blocks = content ?? [];
  const answer = blocks
    .flatMap(({ text, json }) => text ?? (json === undefined ? [] : JSON.stringify(json)))
    .join('\n');
  return [
    { text: `[${name} answered: ${answer}]` },
    ...blocks.flatMap(({ image, document }): ContentBlock[] => (image ? [{ image }] : document ? [{ document }] : [])),
  ];
}
