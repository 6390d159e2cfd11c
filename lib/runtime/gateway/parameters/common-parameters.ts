import * as z from 'zod/mini';
import { fixed, honoured } from './parameter';

const NO_SUCH = 'the models behind this gateway take no such parameter';
const label = z.optional(z.string().check(z.maxLength(512)));
const share = z.optional(z.number().check(z.gte(0), z.lte(1)));
const TAKEN = 'taken, since it changes no answer; it is not sent on, and kept only with a stored response';

/** A number of tokens. */
export const tokens = z.optional(z.int().check(z.gte(1), z.lte(1_000_000)));

/** Parameters that OpenAI's chat completions and responses have in common. */
export const COMMON = {
  model: honoured('a name of this deployment, as `GET /v1/models` lists them', z.string().check(z.minLength(1))),
  // A value between 1 and 2 is refused, because scaling it would change the answer.
  temperature: honoured("0 to 1, as Bedrock takes it; OpenAI's range is 0 to 2", share),
  top_p: honoured('0 to 1', share),
  parallel_tool_calls: honoured(
    '`false`: of several calls in one turn, the first alone is passed on',
    z.optional(z.boolean()),
  ),
  stream: honoured('server-sent events', z.optional(z.boolean())),
  user: honoured(TAKEN, label),
  safety_identifier: honoured(TAKEN, label),
  prompt_cache_key: honoured(TAKEN, label),
  top_logprobs: fixed(NO_SUCH, 0),
  service_tier: fixed('every request is served alike', 'auto', 'default'),
  prompt_cache_retention: fixed('how long a provider caches can not be chosen here'),
  prompt_cache_options: fixed('what a provider caches can not be chosen here'),
  moderation: fixed('a moderation by OpenAI would send content to a host outside this deployment'),
} as const;

/** How much a model is to reason, in the words that OpenAI and the models share. */
export const effort = z.enum(['low', 'medium', 'high']);

export const EFFORT = "`low`, `medium`, `high`, for a model that can be told; `medium`, OpenAI's default, for any";

export const TOOL_CHOICE =
  '`none`, `auto`, `required`, or one function for a model that can be held to it; without tools Bedrock is told of earlier calls as text';

/** Why a parameter of sampling is refused. */
export { NO_SUCH };
