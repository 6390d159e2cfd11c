import { type Place, type Refused, refused } from './decision';

/** OpenAI's models since this one cache prompts for 24 hours, and refuse `in_memory`. */
const FIRST_WITHOUT_CHOICE = [5, 5] as const;

const READ_ON = '2026-12-01';

/**
 * Why a model of OpenAI's may not receive content of which nothing may be retained: from GPT-5.5 on, a prompt cache may leave memory, and a
 * request can't prevent it. Of a model without a number, nothing is known; a request for a project requires a cache in memory, which such a
 * model refuses. Read in the descriptions of `prompt_cache_retention` in OpenAI's clients and
 * https://learn.microsoft.com/azure/foundry/openai/how-to/prompt-caching.
 */
export function refusedCache(place: Place, provider: 'OpenAI' | 'Azure', model: string): Refused | undefined {
  const [, major, minor = '0'] = /(?:^|:)gpt-(\d{1,3})(?:\.(\d{1,3}))?(?!\d)/.exec(model) ?? [];
  if (major === undefined) return undefined;
  const [firstMajor, firstMinor] = FIRST_WITHOUT_CHOICE;
  const isEarlier = Number(major) < firstMajor || (Number(major) === firstMajor && Number(minor) < firstMinor);
  if (isEarlier) return undefined;
  return refused(
    place,
    'keeps-content',
    `${provider} caches prompts of '${model}' for up to 24 hours, not only in memory, and no request can prevent it (as of ${READ_ON}); ` +
      'models before gpt-5.5 can be limited to a cache in memory',
  );
}
