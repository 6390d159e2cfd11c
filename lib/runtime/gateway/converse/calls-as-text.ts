import type { ContentBlock, Message } from '@aws-sdk/client-bedrock-runtime';

/**
 * A conversation whose calls of tools, and what these answered, are told as text. Bedrock takes calls beside a list of tools only, and
 * would let the model call what is in the list: so a turn that offers no tools, as OpenAI allows it, can't hold any.
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

/** Images and documents that a tool made stay what they are. */
function resultAsText({ content }: ContentBlock.ToolResultMember['toolResult'], name: string): ContentBlock[] {
  const blocks = content ?? [];
  const told = blocks.flatMap(({ text, json }) => text ?? (json === undefined ? [] : JSON.stringify(json))).join('\n');
  return [
    { text: `[${name} answered: ${told}]` },
    ...blocks.flatMap(({ image, document }): ContentBlock[] => (image ? [{ image }] : document ? [{ document }] : [])),
  ];
}
