import { isDeepStrictEqual } from 'node:util';
import { ApiError } from '../api-error';

interface Fixed {
  /** The values that ask for what is done anyway, OpenAI's default first. */
  readonly allowed: readonly unknown[];
  readonly why: string;
}

const fixed = (why: string, ...allowed: readonly unknown[]): Fixed => ({ allowed, why });

const ONE_ANSWER = 'one answer is made for a request';
const NO_SUCH = 'the models behind this gateway take no such parameter';

/** Parameters of OpenAI's that are accepted at a value that changes nothing, and refused at any other. */
const FIXED: ReadonlyMap<string, Fixed> = new Map([
  ['n', fixed(ONE_ANSWER, 1)],
  ['stream', fixed('this gateway does not stream answers', false)],
  ['stream_options', fixed('it belongs to streams, and this gateway does not stream answers')],
  ['frequency_penalty', fixed(NO_SUCH, 0)],
  ['presence_penalty', fixed(NO_SUCH, 0)],
  ['logit_bias', fixed(NO_SUCH, {})],
  ['logprobs', fixed(NO_SUCH, false)],
  ['top_logprobs', fixed(NO_SUCH, 0)],
  ['seed', fixed(NO_SUCH)],
  ['verbosity', fixed(NO_SUCH, 'medium')],
  ['reasoning_effort', fixed('how much a model reasons can not be chosen here')],
  ['parallel_tool_calls', fixed('whether a model calls several tools at once can not be chosen here', true)],
  ['response_format', fixed('only text is made', { type: 'text' })],
  ['modalities', fixed('only text is made', ['text'])],
  ['audio', fixed('only text is made')],
  ['prediction', fixed(NO_SUCH)],
  ['service_tier', fixed('every request is served alike', 'auto', 'default')],
  ['prompt_cache_retention', fixed('how long a provider caches can not be chosen here')],
  ['web_search_options', fixed('a search would send content to a host outside this deployment')],
  ['functions', fixed("OpenAI replaced it: use 'tools'")],
  ['function_call', fixed("OpenAI replaced it: use 'tool_choice'")],
  ['metadata', fixed('it labels stored answers, and this endpoint stores none', {})],
]);

/**
 * The body without what changes nothing: `null`, which OpenAI's clients send for "not set", and parameters at the value
 * they have here anyway.
 *
 * @param keepsContent whether the tenant's content may be kept at all
 * @throws ApiError naming the first parameter whose value can't be honoured; none is ever ignored
 */
export function withoutDefaults(body: Record<string, unknown>, keepsContent: boolean): Record<string, unknown> {
  const given = Object.entries(body).filter(([, value]) => value !== null);
  for (const [param, value] of given) {
    const rule = FIXED.get(param);
    if (param === 'store' && value !== false) throw storeRefused(keepsContent);
    if (rule !== undefined && !rule.allowed.some((allowed) => isDeepStrictEqual(allowed, value))) {
      throw unsupported(param, rule);
    }
  }
  return Object.fromEntries(given.filter(([param]) => param !== 'store' && !FIXED.has(param)));
}

function unsupported(param: string, { allowed, why }: Fixed): ApiError {
  return allowed.length === 0
    ? new ApiError(400, 'unsupported_parameter', `'${param}' is not supported: ${why}; leave it out`, { param })
    : new ApiError(
        400,
        'unsupported_value',
        `'${param}' may only be ${allowed.map((value) => JSON.stringify(value)).join(' or ')}: ${why}`,
        { param },
      );
}

function storeRefused(keepsContent: boolean): ApiError {
  return keepsContent
    ? new ApiError(400, 'unsupported_value', "'store' may only be false: this endpoint stores no answers", {
        param: 'store',
      })
    : new ApiError(
        400,
        'residency_store_refused',
        "'store' may only be false: requests of a project are processed and never stored; leave it out",
        { param: 'store' },
      );
}
