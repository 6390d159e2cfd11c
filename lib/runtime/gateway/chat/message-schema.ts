import * as z from 'zod/mini';
import { imageDetail, speaker } from '../parameters/common-parameters';
import { callId, functionName } from '../parameters/function-name';

const text = z.strictObject({ type: z.literal('text'), text: z.string() });
const refusal = z.strictObject({ type: z.literal('refusal'), refusal: z.string() });
const image = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({ url: z.string(), detail: imageDetail }),
});

const file = z.strictObject({
  type: z.literal('file'),
  file: z.strictObject({
    file_id: z.nullish(z.string().check(z.minLength(1), z.maxLength(128))),
    file_data: z.nullish(z.string()),
    // Not sent to a model.
    filename: z.nullish(z.string()),
  }),
});

const textContent = z.union([z.string(), z.array(z.discriminatedUnion('type', [text]))]);

const empty = z.nullish(z.array(z.unknown()).check(z.maxLength(0)));

/** The fields that OpenAI's own client adds to a parsed answer, and then sends back. */
const parsed = z.optional(z.unknown());

/** Fields of the message that the Agents SDK repeats at each text of an earlier answer. They say nothing new. */
const answered = z.strictObject({
  type: z.literal('text'),
  text: z.string(),
  role: z.optional(z.literal('assistant')),
  refusal: z.optional(z.null()),
  reasoning_content: z.nullish(z.string()),
  annotations: empty,
});

const toolCall = z.strictObject({
  id: callId,
  type: z.literal('function'),
  function: z.strictObject({ name: functionName, arguments: z.string(), parsed_arguments: parsed }),
});

/**
 * A message as clients send it. An assistant's message also accepts the empty fields that OpenAI's clients send back when
 * they append an earlier answer.
 */
export const chatMessage = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: textContent, name: speaker }),
  z.strictObject({ role: z.literal('developer'), content: textContent, name: speaker }),
  z.strictObject({
    role: z.literal('user'),
    content: z.union([z.string(), z.array(z.discriminatedUnion('type', [text, image, file]))]),
    name: speaker,
  }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.nullish(z.union([z.string(), z.array(z.discriminatedUnion('type', [answered, refusal]))])),
    name: speaker,
    refusal: z.nullish(z.string()),
    // Reasoning of an earlier turn is for the reader; no model accepts it back in this form.
    reasoning_content: z.nullish(z.string()),
    tool_calls: z.nullish(z.array(toolCall).check(z.minLength(1))),
    annotations: empty,
    parsed,
    audio: z.optional(z.null()),
    function_call: z.optional(z.null()),
  }),
  z.strictObject({ role: z.literal('tool'), content: textContent, tool_call_id: callId, name: speaker }),
]);

export type ChatMessage = z.infer<typeof chatMessage>;
export type AssistantMessage = Extract<ChatMessage, { role: 'assistant' }>;

export type UserMessage = Extract<ChatMessage, { role: 'user' }>;
