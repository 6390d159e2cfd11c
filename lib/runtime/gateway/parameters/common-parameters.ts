import * as z from 'zod/mini';
import { EFFORTS } from '../converse/model-request';
import { cacheControl } from './cache-control';
import { fixed, hint, honoured } from './parameter';

const NO_SUCH = "this gateway's models don't support this parameter";
const label = z.optional(z.string().check(z.maxLength(512)));
const share = z.optional(z.number().check(z.gte(0), z.lte(1)));
const TAKEN =
  "accepted, because it doesn't affect the answer; it isn't forwarded, and is stored only with a stored response";

/** A number of tokens. */
export const tokens = z.optional(z.int().check(z.gte(1), z.lte(1_000_000)));

/** Parameters that OpenAI's chat completions and responses have in common. */
export const COMMON = {
  model: honoured('a name of this deployment, as `GET /v1/models` lists them', z.string().check(z.minLength(1))),
  // A value between 1 and 2 is refused, because scaling it would change the answer.
  temperature: honoured(
    "0 to 1, Bedrock's range; OpenAI's range is 0 to 2. Claude 4.5 and 4.6 accept either this or `top_p`; newer Claude models choose " +
      'both themselves, and accept only 1, which is then left out',
    share,
  ),
  top_p: honoured('0 to 1; as `temperature`', share),
  parallel_tool_calls: honoured(
    '`false`: of several calls in one turn, only the first is passed on',
    z.optional(z.boolean()),
  ),
  stream: honoured('server-sent events', z.optional(z.boolean())),
  user: honoured(TAKEN, label),
  safety_identifier: honoured(TAKEN, label),
  prompt_cache_key: honoured(TAKEN, label),
  cache_control: honoured(
    'of Anthropic, LiteLLM and OpenRouter: `{"type": "ephemeral"}`, here or at a message, a part or a tool. It lets a Bedrock model cache the ' +
      'prompt (below); a `ttl` of `1h` is a hint, and the cache lasts five minutes',
    z.optional(cacheControl),
  ),
  top_logprobs: fixed(NO_SUCH, 0),
  service_tier: hint(
    'every request gets the same service; `flex` and `priority` are ignored',
    z.optional(z.enum(['auto', 'default', 'flex', 'priority'])),
    'auto',
    'default',
  ),
  frequency_penalty: fixed(NO_SUCH, 0),
  presence_penalty: fixed(NO_SUCH, 0),
  prompt_cache_retention: fixed("the duration of a provider's cache can't be chosen"),
  prompt_cache_options: fixed("the content of a provider's cache can't be chosen"),
  moderation: fixed('a moderation by OpenAI would send content to a host outside this deployment'),
} as const;

/** How long an answer should be. */
export const verbosity = z.enum(['low', 'medium', 'high']);

/** The name of a speaker, for which Bedrock has no field. */
export const speaker = z.nullish(z.string().check(z.maxLength(256)));

/** How closely a model should look at an image. */
export const imageDetail = z.nullish(z.enum(['auto', 'low', 'high', 'original']));

/** Whether a model may or must call one of the allowed tools. */
export const allowedMode = z.enum(['auto', 'required']);

/** The reasoning effort, in OpenAI's values. */
export const effort = z.enum(EFFORTS);

export const EFFORT =
  "`none`, `minimal`, `low`, `medium`, `high`, `xhigh`, `max`, each for a model that supports it (below); `medium`, OpenAI's default, for any model";

export const TOOL_CHOICE =
  '`none`, `auto`, `required`, or one function for a model that supports it; `allowed_tools`: the model is sent only these; without tools, Bedrock receives earlier calls as text';

/** The reason why a sampling parameter is refused. */
export { NO_SUCH };
