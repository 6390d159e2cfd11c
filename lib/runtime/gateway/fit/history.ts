import type { ContentBlock, Message } from '@aws-sdk/client-bedrock-runtime';
import { callsAsText } from '../converse/calls-as-text';
import type { ModelRequest } from '../converse/model-request';
import { type Draft, type Fit, ignoring, type Unable } from './fit';

/** The conversation, with the reasoning that the model accepts back. */
export const fitHistory: Fit = (draft, { conversationParam }, traits): Draft | Unable => {
  const { messages, toolConfig } = draft.converse;
  if (messages === undefined) return draft;
  const called = toolConfig === undefined ? callsAsText(messages) : messages;
  const fitted = withUserFirst(withReasoning(called, traits.reasoningBack === 'signed'));
  if (traits.prefill === false && fitted.at(-1)?.role === 'assistant') {
    return {
      cannot: conversationParam,
      why: "this model doesn't continue an answer, so the user must have the last word",
    };
  }
  return { ...draft, converse: { ...draft.converse, messages: fitted } };
};

/** Images, documents and system prompts. */
export const fitContent: Fit = (draft, { conversationParam, systemParam }, traits): Draft | Unable => {
  const { messages = [], system } = draft.converse;
  const blocks: readonly Partial<ContentBlock>[] = messages.flatMap(({ content = [] }) =>
    (content ?? []).flatMap((block): Partial<ContentBlock>[] => block.toolResult?.content ?? [block]),
  );
  const refused = (what: string): Unable => ({ cannot: conversationParam, why: `this model doesn't accept ${what}` });
  if (!traits.images && blocks.some(({ image }) => image)) return refused('images');
  if (traits.documents === false && blocks.some(({ document }) => document)) return refused('documents');
  if (traits.system === false && system !== undefined) {
    return { cannot: systemParam, why: "this model doesn't accept system messages" };
  }
  return draft;
};

/**
 * Only a provider that signs reasoning accepts it back unchanged from everyone, so other models receive none. In a tool loop, signed
 * reasoning comes first in its turn. A turn of nothing else would ask the model to continue it, so it is left out.
 */
function withReasoning(messages: readonly Message[], accepted: boolean): Message[] {
  const turns: Message[] = [];
  for (const { role, content = [] } of messages) {
    const [reasoning, rest] = split(content ?? []);
    if (rest.length === 0 && reasoning.length > 0) continue;
    const sendable = !accepted ? rest : content?.[0]?.reasoningContent ? content : [...reasoning, ...rest];
    const last = turns.at(-1);
    if (last !== undefined && last.role === role)
      turns[turns.length - 1] = { role, content: [...(last.content ?? []), ...sendable] };
    else turns.push({ role, content: sendable });
  }
  return turns;
}

/** No guardrail checks reasoning, so a guarded tenant's model receives none from the client. */
export function withoutClientReasoning(draft: Draft, { conversationParam }: ModelRequest): Draft {
  const { messages = [] } = draft.converse;
  if (!messages?.some(({ content }) => content?.some(({ reasoningContent }) => reasoningContent))) return draft;
  const without = { ...draft, converse: { ...draft.converse, messages: withReasoning(messages ?? [], false) } };
  return ignoring(without, `${conversationParam}.reasoning`);
}

const split = (content: readonly ContentBlock[]): [ContentBlock[], ContentBlock[]] => [
  content.filter(({ reasoningContent }) => reasoningContent),
  content.filter(({ reasoningContent }) => !reasoningContent),
];

/** For OpenAI, a conversation may begin with an answer, or consist of system messages; for Bedrock, it begins with the user. */
export function withUserFirst(messages: Message[]): Message[] {
  if (messages[0]?.role === 'user') return messages;
  return [{ role: 'user', content: [{ text: USER_BEFORE }] }, ...messages];
}

const USER_BEFORE = '(What the user said first is not part of this conversation.)';
