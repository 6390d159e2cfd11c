import * as z from 'zod/mini';
import {
  allowedMode,
  COMMON,
  EFFORT,
  effort,
  NO_SUCH,
  TOOL_CHOICE,
  tokens,
  verbosity,
} from '../parameters/common-parameters';
import { functionName } from '../parameters/function-name';
import { jsonSchema } from '../parameters/json-schema';
import { metadata } from '../parameters/metadata';
import { fixed, hint, hintsOf, honoured, type ParameterTable, requestSchema, residency } from '../parameters/parameter';
import { chatMessage } from './message-schema';

const functionTool = z.strictObject({
  type: z.literal('function'),
  function: z.strictObject({
    name: functionName,
    description: z.nullish(z.string()),
    parameters: z.nullish(jsonSchema),
    strict: z.nullish(z.boolean()),
  }),
});

const named = z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: functionName }) });
const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.discriminatedUnion('type', [
    named,
    z.strictObject({
      type: z.literal('allowed_tools'),
      allowed_tools: z.strictObject({ mode: allowedMode, tools: z.array(named).check(z.minLength(1)) }),
    }),
  ]),
]);

const responseFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    json_schema: z.strictObject({
      name: functionName,
      description: z.nullish(z.string()),
      schema: z.nullish(jsonSchema),
      strict: z.nullish(z.boolean()),
    }),
  }),
]);

const stopSequence = z.string().check(z.minLength(1));
const ONLY_TEXT = 'only text is generated';

/** The handling of each parameter of a chat completion. */
export const CHAT_PARAMETERS = {
  ...COMMON,
  messages: {
    ...honoured(
      'roles `system`, `developer`, `user`, `assistant`, `tool`; parts `text`, `refusal`, and `image_url` as a data URL of ' +
        'PNG, JPEG, GIF or WebP whose `detail` is ignored, and `file` with `file_data`, in a workspace also `file_id` (below); a remote image is refused, because fetching it would contact a host that the client chose. The `name` of a speaker is ignored, because Bedrock has no field for it: where ' +
        'speakers matter, write the name into the text',
      z.array(chatMessage).check(z.minLength(1)),
    ),
    hints: { 'messages[].name': [], 'messages[].content[].image_url.detail': ['auto'] },
  },
  tools: honoured(
    'functions, with `strict`; tools of the type `custom` are refused',
    z.optional(z.array(functionTool).check(z.maxLength(128))),
  ),
  tool_choice: honoured(TOOL_CHOICE, z.optional(toolChoice)),
  response_format: honoured(
    '`text`, `json_schema`, `json_object`: enforced by Bedrock itself if the model supports that, otherwise by a tool that the model must ' +
      'call; refused for a model that supports neither',
    z.optional(responseFormat),
  ),
  reasoning_effort: honoured(EFFORT, z.optional(effort)),
  stop: honoured(
    'one to four sequences',
    z.optional(z.union([stopSequence, z.array(stopSequence).check(z.minLength(1), z.maxLength(4))])),
  ),
  max_completion_tokens: honoured('at most 1,000,000', tokens),
  max_tokens: honoured('the former name of `max_completion_tokens`', tokens),
  stream_options: honoured(
    '`include_usage`; `include_obfuscation` pads each chunk when it is `true`',
    z.optional(z.strictObject({ include_usage: z.nullish(z.boolean()), include_obfuscation: z.nullish(z.boolean()) })),
  ),
  store: {
    ...fixed("this endpoint doesn't store answers", false),
    inProject: { code: 'residency_store_refused', why: "a project's requests are processed and never stored" },
  },
  n: fixed('a request gets one answer', 1),
  logit_bias: fixed(NO_SUCH, {}),
  logprobs: fixed(NO_SUCH, false),
  seed: hint("OpenAI's own seed promises no equal answers either", z.optional(z.int())),
  verbosity: hint('`low`, `medium`, `high`: ask for the length in a system message', z.optional(verbosity), 'medium'),
  prediction: fixed(NO_SUCH),
  modalities: fixed(ONLY_TEXT, ['text']),
  audio: fixed(ONLY_TEXT),
  web_search_options: residency(
    'residency_tool_refused',
    'a search would send content to a host outside this deployment',
  ),
  functions: fixed("OpenAI replaced it: use 'tools'"),
  function_call: fixed("OpenAI replaced it: use 'tool_choice'"),
  metadata: hint("it labels stored answers, and this endpoint doesn't store answers", z.optional(metadata), {}),
} as const satisfies ParameterTable;

/** A chat completion, without the parameters that change nothing. */
export const chatRequest = requestSchema(CHAT_PARAMETERS);

export const CHAT_HINTS = hintsOf(CHAT_PARAMETERS);

export type ChatRequest = z.infer<typeof chatRequest>;
