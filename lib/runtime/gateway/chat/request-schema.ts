import * as z from 'zod/mini';
import { chatMessage, toolName } from './message-schema';

const functionTool = z.strictObject({
  type: z.literal('function'),
  function: z.strictObject({
    name: toolName,
    description: z.nullish(z.string()),
    parameters: z.nullish(z.record(z.string(), z.unknown())),
    strict: z.nullish(z.boolean()),
  }),
});

const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: toolName }) }),
]);

const stopSequence = z.string().check(z.minLength(1));
const positive = z.int().check(z.gte(1), z.lte(1_000_000));
const share = z.number().check(z.gte(0), z.lte(1));
const label = z.string().check(z.maxLength(512));

/** The parameters of a chat completion that this gateway honours; what else a client may send is in `parameters.ts`. */
export const chatRequest = z.strictObject({
  model: z.string().check(z.minLength(1)),
  messages: z.array(chatMessage).check(z.minLength(1)),
  tools: z.optional(z.array(functionTool).check(z.minLength(1), z.maxLength(128))),
  tool_choice: z.optional(toolChoice),
  // OpenAI takes up to 2, Bedrock up to 1: a value between is refused, because scaling it would change the answer.
  temperature: z.optional(share),
  top_p: z.optional(share),
  stop: z.optional(z.union([stopSequence, z.array(stopSequence).check(z.minLength(1), z.maxLength(4))])),
  max_tokens: z.optional(positive),
  max_completion_tokens: z.optional(positive),
  // Names of an end user and of a cache, which don't alter an answer: they are taken and go no further.
  user: z.optional(label),
  safety_identifier: z.optional(label),
  prompt_cache_key: z.optional(label),
});

export type ChatRequest = z.infer<typeof chatRequest>;
export type FunctionTool = z.infer<typeof functionTool>;
