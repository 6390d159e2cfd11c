import { PACKAGED } from '@/lib/facts/packaged';
import { TRAITS } from './strict-bedrock';

/** The path of Bedrock's Chat Completions API. */
export const CHAT_PATH = '/openai/v1/chat/completions';

/** The fields that the gateway may send: those of AWS's examples, and OpenAI's for what a model accepts through Converse too. */
const FIELDS = new Set([
  ...[
    'model',
    'messages',
    'tools',
    'tool_choice',
    'max_tokens',
    'max_completion_tokens',
    'temperature',
    'top_p',
    'stop',
  ],
  ...['response_format', 'reasoning_effort', 'stream', 'stream_options'],
]);

// biome-ignore lint/suspicious/noExplicitAny: whatever was sent
type Body = any;

/** Why the real API would refuse a body, or why no gateway should send it; none if it wouldn't. */
export function complaintAboutChat(body: Body): string | undefined {
  const unknown = Object.keys(body).find((key) => !FIELDS.has(key));
  if (unknown !== undefined) return `the field ${unknown}`;
  const isKnown = PACKAGED.onDemandModel(body.model) ?? PACKAGED.profile(body.model);
  if (isKnown === undefined) return 'a model that Bedrock does not know';
  if (body.max_tokens !== undefined && /(^|\.)(openai|xai)\./.test(body.model)) return 'max_tokens';
  if (body.stream_options !== undefined && body.stream !== true) return 'stream_options without stream';
  if (body.tool_choice !== undefined && !body.tools) return 'tool_choice without tools';
  const { response_format: format } = body;
  if (format && (format.type !== 'json_schema' || format.json_schema.strict !== true)) return 'response_format';
  return complaintAboutEffort(body) ?? complaintAboutMessages(body.messages);
}

/** Bedrock documents the field for the models that have it in Converse too. */
function complaintAboutEffort({ model, reasoning_effort: effort }: Body): string | undefined {
  if (effort === undefined) return undefined;
  const { by, values } = TRAITS.get(model.replace(/^eu\./, ''))?.effort ?? {};
  if (by !== 'reasoning-effort') return 'reasoning_effort of a model without';
  return values.includes(effort) ? undefined : `reasoning_effort: Input should be ${values.join(', ')}`;
}

function complaintAboutMessages(messages: Body[]): string | undefined {
  const open = new Set<string>();
  for (const { role, content, tool_calls: calls, tool_call_id: answers } of messages) {
    if (role === 'tool' && !open.delete(answers)) return 'a result of no call';
    if (role === 'user' && open.size > 0) return 'a call without a result';
    if (role !== 'assistant' && (content === null || content.length === 0)) return `nothing from the ${role}`;
    if (role === 'assistant' && content === null && !calls) return 'nothing from the assistant';
    for (const { id } of calls ?? []) open.add(id);
  }
  return messages.some(({ role }) => role === 'user') ? undefined : 'no message from the user';
}
