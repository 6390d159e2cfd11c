import * as z from 'zod/mini';

const text = z.strictObject({ type: z.literal('text'), text: z.string() });
const refusal = z.strictObject({ type: z.literal('refusal'), refusal: z.string() });
const image = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({ url: z.string(), detail: z.optional(z.literal('auto')) }),
});

const textContent = z.union([z.string(), z.array(z.discriminatedUnion('type', [text]))]);

/** Ids of tool calls come back from clients, which may have got them from another provider. */
const callId = z.string().check(z.regex(/^[A-Za-z0-9_.:-]{1,64}$/));

/** The name of a function tool, as OpenAI and Bedrock both allow it. */
export const toolName = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));

const toolCall = z.strictObject({
  id: callId,
  type: z.literal('function'),
  function: z.strictObject({ name: toolName, arguments: z.string() }),
});

/**
 * A message as clients send it. An assistant's message also takes the empty fields that OpenAI's clients send back when
 * they append the answer they were given.
 */
export const chatMessage = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: textContent }),
  z.strictObject({ role: z.literal('developer'), content: textContent }),
  z.strictObject({
    role: z.literal('user'),
    content: z.union([z.string(), z.array(z.discriminatedUnion('type', [text, image]))]),
  }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.nullish(z.union([z.string(), z.array(z.discriminatedUnion('type', [text, refusal]))])),
    refusal: z.nullish(z.string()),
    tool_calls: z.nullish(z.array(toolCall).check(z.minLength(1))),
    annotations: z.nullish(z.array(z.unknown()).check(z.maxLength(0))),
    audio: z.optional(z.null()),
    function_call: z.optional(z.null()),
  }),
  z.strictObject({ role: z.literal('tool'), content: textContent, tool_call_id: callId }),
]);

export type ChatMessage = z.infer<typeof chatMessage>;
export type AssistantMessage = Extract<ChatMessage, { role: 'assistant' }>;
export type ToolMessage = Extract<ChatMessage, { role: 'tool' }>;
export type UserMessage = Extract<ChatMessage, { role: 'user' }>;
