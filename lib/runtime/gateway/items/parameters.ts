import * as z from 'zod/mini';
import { allowedMode, COMMON, EFFORT, effort, TOOL_CHOICE, tokens, verbosity } from '../parameters/common-parameters';
import { functionName, jsonObject } from '../parameters/function-name';
import { jsonSchema } from '../parameters/json-schema';
import { metadata } from '../parameters/metadata';
import {
  fixed,
  hint,
  hintsOf,
  honoured,
  type ParameterTable,
  requestSchema,
  residency,
  stored,
} from '../parameters/parameter';
import { inputItem } from './items';
import { promptReference } from './prompt-reference';

const functionTool = z.strictObject({
  type: z.literal('function'),
  name: functionName,
  description: z.nullish(z.string()),
  parameters: z.nullish(jsonSchema),
  strict: z.nullish(z.boolean()),
});

const named = z.strictObject({ type: z.literal('function'), name: functionName });
const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.discriminatedUnion('type', [
    named,
    z.strictObject({
      type: z.literal('allowed_tools'),
      mode: allowedMode,
      tools: z.array(named).check(z.minLength(1)),
    }),
  ]),
]);

const textFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    name: functionName,
    description: z.nullish(z.string()),
    schema: jsonSchema,
    strict: z.nullish(z.boolean()),
  }),
]);

const summary = z.nullish(z.enum(['auto', 'detailed']));
const refused = (why: string, ...allowed: readonly unknown[]) =>
  residency('residency_store_refused', `${why}, and a project stores nothing`, ...allowed);

/** The ID of a stored object; an ID of another form is still looked up, and not found. */
const storedId = z.string().check(z.minLength(1), z.maxLength(128));

/** The handling of each parameter of a response. */
export const RESPONSE_PARAMETERS = {
  ...COMMON,
  input: {
    ...honoured(
      'a text, or items `message`, `function_call`, `function_call_output`, `reasoning`, in a workspace also `item_reference` to an item of a stored response; parts `input_text`, `output_text`, ' +
        '`refusal`, `input_image` as a data URL of PNG, JPEG, GIF or WebP whose `detail` is ignored, and `input_file` with `file_data`; in a workspace, both also with ' +
        '`file_id` (below). A reasoning item goes back to the model only ' +
        'with the `encrypted_content` that this gateway issued. It may be left out with `instructions`, or where the request continues a stored response or conversation. An empty first message ' +
        'is left out if anything else is there',
      z.union([z.string().check(z.minLength(1)), z.array(inputItem)]),
    ),
    hints: { 'input[].content[].detail': ['auto'], 'input[].output[].detail': ['auto'] },
  },
  instructions: honoured('sent before the system messages', z.optional(z.string())),
  tools: honoured(
    "functions; `strict` is off unless it is set. OpenAI's hosted tools are refused (below), and so are tools of the types `custom` and `namespace`",
    z.optional(z.array(functionTool).check(z.maxLength(128))),
  ),
  tool_choice: honoured(TOOL_CHOICE, z.optional(toolChoice)),
  text: {
    ...honoured(
      '`format` as `text`, `json_schema`, `json_object`, as `response_format` of chat completions; `verbosity` is ignored',
      z.optional(z.strictObject({ format: z.optional(textFormat), verbosity: z.nullish(verbosity) })),
    ),
    hints: { 'text.verbosity': ['medium'] },
  },
  reasoning: honoured(
    `\`effort\` as ${EFFORT}; \`summary\` as \`auto\`, \`detailed\`: the text of the model's reasoning, which Claude from 4.7 on summarizes`,
    z.optional(z.strictObject({ effort: z.nullish(effort), summary, generate_summary: summary })),
  ),
  include: honoured('`reasoning.encrypted_content`', z.optional(z.array(z.literal('reasoning.encrypted_content')))),
  max_output_tokens: honoured('at most 1,000,000', tokens),
  metadata: honoured(
    'at most 16 labels of up to 64 characters with texts of up to 512: repeated in the answer, and stored only with it',
    z.optional(metadata),
  ),
  client_metadata: hint(
    "Codex's labels of a session: they are sent to no model and not stored",
    z.optional(jsonObject),
  ),
  stream_options: honoured(
    '`include_obfuscation` pads each delta when it is `true`',
    z.optional(z.strictObject({ include_obfuscation: z.nullish(z.boolean()) })),
  ),
  store: stored(
    "defaults to `true`, as OpenAI's does; `false` can't be combined with `conversation`",
    z.optional(z.boolean()),
    {
      ...fixed("this endpoint doesn't store answers", false),
      inProject: {
        allowed: [true, false],
        why: "for a project, it is always treated as `false`, as OpenAI does under zero data retention, although `true` is OpenAI's default. The answer contains `store: false`, and `x-residency-retention: not-stored`",
      },
    },
  ),
  background: stored(
    'in a workspace with `background` in residency.yaml: `true` stores the request and answers at once with `status: queued`; read the answer with ' +
      "`GET /v1/responses/{id}` (below). It can't be combined with `stream`, with `store: false`, or with a prompt that is shared with a group",
    z.optional(z.boolean()),
    refused('a background answer is stored', false),
  ),
  previous_response_id: stored(
    "a stored response of the same member; can't be combined with `conversation`",
    z.optional(storedId),
    refused('it continues a stored answer'),
  ),
  conversation: stored(
    'the id of a conversation of the same member, or an object with it: input and output are added once the response is complete',
    z.optional(z.union([storedId, z.strictObject({ id: storedId })])),
    refused('it continues a stored conversation'),
  ),
  prompt: stored(
    'a stored prompt of the same member, or one shared with a group of theirs (below): `id`, `version` (the newest), `variables` as texts, exactly those of the prompt. Its ' +
      "instructions come before the request's own, its files before the conversation, and its model is used if the request names none",
    z.optional(promptReference),
    refused('it names a stored prompt'),
  ),
  truncation: stored(
    '`disabled` refuses input that is longer than the window with a 400, `auto` leaves out the oldest stored items',
    z.optional(z.enum(['auto', 'disabled'])),
    fixed('input that is too long is refused, never truncated', 'disabled'),
  ),
  max_tool_calls: fixed('it limits calls of hosted tools, which are refused'),
  context_management: fixed('a conversation is used as it is sent'),
} as const satisfies ParameterTable;

/** A response, without the parameters that change nothing. */
export const responseRequest = requestSchema(RESPONSE_PARAMETERS);

export const RESPONSE_HINTS = hintsOf(RESPONSE_PARAMETERS);

export type ResponseRequest = z.infer<typeof responseRequest>;
