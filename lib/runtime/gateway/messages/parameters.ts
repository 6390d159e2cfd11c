import * as z from 'zod/mini';
import { MESSAGE_EFFORTS } from '../converse/model-request';
import { tokens } from '../parameters/common-parameters';
import { functionName, jsonObject } from '../parameters/function-name';
import { jsonSchema, onlyLocalReferences } from '../parameters/json-schema';
import { fixed, hint, hintsOf, honoured, type ParameterTable, requestSchema, residency } from '../parameters/parameter';
import { cacheMark, message, systemContent } from './block-schema';

const tool = z.strictObject({
  type: z.nullish(z.literal('custom')),
  name: functionName,
  description: z.nullish(z.string()),
  // A deferred tool may come without.
  input_schema: z.nullish(z.looseObject({ type: z.literal('object') }).check(onlyLocalReferences)),
  strict: z.nullish(z.boolean()),
  cache_control: cacheMark,
  eager_input_streaming: z.nullish(z.boolean()),
  defer_loading: z.nullish(z.boolean()),
  input_examples: z.nullish(z.array(jsonObject)),
  allowed_callers: z.nullish(z.array(z.literal('direct'))),
});

const serial = z.nullish(z.boolean());
const toolChoice = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('auto'), disable_parallel_tool_use: serial }),
  z.strictObject({ type: z.literal('any'), disable_parallel_tool_use: serial }),
  z.strictObject({ type: z.literal('tool'), name: functionName, disable_parallel_tool_use: serial }),
  z.strictObject({ type: z.literal('none') }),
]);

const display = z.nullish(z.enum(['summarized', 'omitted']));
/** How a provider treats reasoning that comes back with another beginning of the conversation. */
const block_binding = z.nullish(z.record(z.string(), z.unknown()));
const thinking = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('enabled'),
    budget_tokens: z.int().check(z.gte(1_024), z.lte(1_000_000)),
    display,
    block_binding,
  }),
  z.strictObject({ type: z.literal('adaptive'), display, block_binding }),
  z.strictObject({ type: z.literal('disabled') }),
]);

const format = z.nullish(z.strictObject({ type: z.literal('json_schema'), schema: jsonSchema }));
const outputConfig = z.strictObject({
  effort: z.nullish(z.enum(MESSAGE_EFFORTS)),
  format,
});

/** Keeping all reasoning is what happens anyway. */
const keepAll = z.union([z.literal('all'), z.strictObject({ type: z.literal('all') })]);
const contextManagement = z.strictObject({
  edits: z.optional(
    z.array(z.strictObject({ type: z.literal('clear_thinking_20251015'), keep: keepAll })).check(z.maxLength(4)),
  ),
});

const share = z.optional(z.number().check(z.gte(0), z.lte(1)));
const NOT_HERE = "it belongs to Anthropic's own service, which isn't called";
const OUTSIDE_TOOL = 'its tools would receive content outside this deployment; use tools that you run yourself';

/** The handling of each parameter of a message. */
export const MESSAGES_PARAMETERS = {
  model: honoured('a name of this deployment, as `GET /v1/models` lists them', z.string().check(z.minLength(1))),
  max_tokens: honoured('required, except to count tokens; at most 1,000,000', tokens),
  messages: honoured(
    'roles `user`, `assistant`, `system`; the blocks of the [table below](#blocks-of-a-message)',
    z.array(message).check(z.minLength(1)),
  ),
  system: honoured('a text, or blocks of type `text`', z.optional(systemContent)),
  tools: {
    ...honoured(
      'tools of your own, with `strict`. `eager_input_streaming`, `input_examples` and `defer_loading` are ignored: the model knows each tool from the start',
      z.optional(z.array(tool).check(z.maxLength(256))),
    ),
    hints: {
      'tools[].eager_input_streaming': [false],
      'tools[].defer_loading': [false],
      'tools[].input_examples': [[]],
    },
  },
  tool_choice: honoured(
    '`auto`, `any`, `tool`, `none`, each for a model that supports it; `disable_parallel_tool_use`: of several calls in one turn, only the first is passed on',
    z.optional(toolChoice),
  ),
  thinking: {
    ...honoured(
      '`adaptive`, `enabled` with `budget_tokens`, `disabled`, each as the model supports it (below); `display`; `block_binding` is ignored',
      z.optional(thinking),
    ),
    hints: { 'thinking.block_binding': [] },
  },
  output_config: honoured(
    '`effort` of a model that reasons, and `format` of type `json_schema`, enforced as `response_format` of a chat',
    z.optional(outputConfig),
  ),
  output_format: honoured('the former name of `output_config.format`', format),
  temperature: honoured('0 to 1; as for a chat', share),
  top_p: honoured('0 to 1; as for a chat', share),
  stop_sequences: honoured(
    'if there are several, `stop_sequence` of the answer is `null`: Bedrock does not say which one it was',
    z.optional(z.array(z.string().check(z.minLength(1))).check(z.maxLength(256))),
  ),
  stream: honoured('server-sent events, with a `ping` while there is nothing else', z.optional(z.boolean())),
  cache_control: honoured(
    'here or at any block or tool: it lets a Bedrock model cache the prompt ([below](#prompt-caching)); `scope`, and a `ttl` of `1h`, are hints',
    cacheMark,
  ),
  metadata: hint(
    '`user_id`, which labels a request for Anthropic',
    z.optional(z.strictObject({ user_id: z.nullish(z.string().check(z.maxLength(512))) })),
    {},
    { user_id: null },
  ),
  service_tier: hint(
    'every request gets the same service',
    z.optional(z.enum(['auto', 'standard_only'])),
    'auto',
    'standard_only',
  ),
  speed: hint('every request gets the same service', z.optional(z.enum(['standard', 'fast'])), 'standard'),
  context_management: hint(
    '`clear_thinking_20251015` with `keep` as `all`, as Claude Code sends it; a conversation is used as it is sent, so any other edit is refused',
    z.optional(contextManagement),
    {},
    { edits: [] },
  ),
  diagnostics: hint(
    "`previous_message_id`, which compares two requests in Anthropic's cache",
    z.optional(z.strictObject({ previous_message_id: z.nullish(z.string().check(z.maxLength(128))) })),
    {},
    { previous_message_id: null },
  ),
  top_k: fixed('Converse has no field for it, and only some models have one of their own'),
  inference_geo: residency(
    'residency_model_refused',
    "the deployment's boundary alone decides where a request is processed",
  ),
  container: residency(
    'residency_tool_refused',
    'it would process and store content in a container outside this deployment',
  ),
  mcp_servers: residency('residency_tool_refused', OUTSIDE_TOOL, []),
  thread: residency(
    'residency_store_refused',
    "it continues a stored conversation, and this endpoint doesn't store any",
  ),
  compaction: fixed('a conversation is used as it is sent'),
  fallbacks: fixed("the destinations of the model in 'residency.yaml' decide on failover"),
  fallback_credit_token: fixed(NOT_HERE),
  billing_policy: fixed(NOT_HERE),
  user_profile_id: fixed(NOT_HERE),
  workspace_id: fixed(NOT_HERE),
} as const satisfies ParameterTable;

/** A message, without the parameters that change nothing. */
export const messagesRequest = requestSchema(MESSAGES_PARAMETERS);

export const MESSAGES_HINTS = hintsOf(MESSAGES_PARAMETERS);

export type MessagesRequest = z.infer<typeof messagesRequest>;
