import * as z from 'zod/mini';
import { COMMON, effort, tokens } from '../common-parameters';
import { functionName, jsonObject } from '../function-name';
import { fixed, honoured, type ParameterTable, requestSchema, residency } from '../parameter';
import { inputItem } from './items';

const functionTool = z.strictObject({
  type: z.literal('function'),
  name: functionName,
  description: z.nullish(z.string()),
  parameters: z.nullish(jsonObject),
  strict: z.nullish(z.boolean()),
});

const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.strictObject({ type: z.literal('function'), name: functionName }),
]);

const textFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({
    type: z.literal('json_schema'),
    name: functionName,
    description: z.nullish(z.string()),
    schema: jsonObject,
    strict: z.nullish(z.boolean()),
  }),
]);

const summary = z.nullish(z.enum(['auto', 'detailed']));
const stored = (why: string, ...allowed: readonly unknown[]) =>
  residency('residency_store_refused', `${why}, and a project stores nothing`, ...allowed);

/** At most 16 labels; the error names the parameter alone, because a label's name is the client's content. */
const isMetadata = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).length <= 16 &&
  Object.entries(value).every(([key, label]) => key.length <= 64 && typeof label === 'string' && label.length <= 512);

/** What becomes of each parameter of a response. */
export const RESPONSE_PARAMETERS = {
  ...COMMON,
  input: honoured(
    'a text, or items `message`, `function_call`, `function_call_output`, `reasoning`; parts `input_text`, `output_text`, ' +
      '`refusal`, and `input_image` as a data URL of PNG, JPEG, GIF or WebP. A reasoning item goes back to the model only ' +
      'with the `encrypted_content` that this gateway gave',
    z.union([z.string().check(z.minLength(1)), z.array(inputItem).check(z.minLength(1))]),
  ),
  instructions: honoured('said before the messages of the system', z.optional(z.string())),
  tools: honoured(
    "functions; `strict` is off unless it is set, and OpenAI's hosted tools are refused (below)",
    z.optional(z.array(functionTool).check(z.maxLength(128))),
  ),
  tool_choice: honoured(
    '`none`, `auto`, `required` or one function; `none` is refused once the conversation holds tool calls',
    z.optional(toolChoice),
  ),
  text: honoured(
    '`format` as `text`, `json_schema`, `json_object`, as `response_format` of chat completions; `verbosity` at `medium`',
    z.optional(z.strictObject({ format: z.optional(textFormat), verbosity: z.nullish(z.literal('medium')) })),
  ),
  reasoning: honoured(
    '`effort` as `low`, `medium`, `high`, for a model that can be told; `summary` as `auto`, `detailed`: what a model ' +
      'reasons is given as the summary, unshortened',
    z.optional(z.strictObject({ effort: z.nullish(effort), summary, generate_summary: summary })),
  ),
  include: honoured('`reasoning.encrypted_content`', z.optional(z.array(z.literal('reasoning.encrypted_content')))),
  max_output_tokens: honoured('at most 1,000,000', tokens),
  metadata: honoured(
    'given back in the answer, and not kept',
    z.optional(z.custom<Record<string, string>>(isMetadata)),
  ),
  stream_options: honoured(
    '`include_obfuscation` pads each delta when it is `true`',
    z.optional(z.strictObject({ include_obfuscation: z.nullish(z.boolean()) })),
  ),
  store: {
    ...fixed('this endpoint stores no answers', false),
    inProject: {
      allowed: [true, false],
      why: "for a project it is always read as `false`, as OpenAI does under zero data retention: `true` is OpenAI's default. The answer says `store: false`, and `x-residency-retention: not-stored`",
    },
  },
  background: stored('an answer made in the background has to be stored', false),
  previous_response_id: stored('it continues a stored answer'),
  conversation: stored('it continues a stored conversation'),
  prompt: stored('it names a stored prompt'),
  truncation: fixed('what is too long is refused, never cut', 'disabled'),
  max_tool_calls: fixed('it counts calls of hosted tools, which are refused'),
  context_management: fixed('a conversation is taken as it is sent'),
} as const satisfies ParameterTable;

/** A response, without the parameters that change nothing. */
export const responseRequest = requestSchema(RESPONSE_PARAMETERS);

export type ResponseRequest = z.infer<typeof responseRequest>;
