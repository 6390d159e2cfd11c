import type { Member } from '../../http/member';
import { ApiError } from '../errors/api-error';

/**
 * A worker runs a job with all that its member may use, and knows no key.
 *
 * @throws ApiError if the member sent the job with a key that may use less
 */
export function requireUnrestricted({ key }: Member): void {
  const { models, requestsPerMinute, tokensPerDay } = key ?? {};
  if (models === undefined && requestsPerMinute === undefined && tokensPerDay === undefined) return;
  throw new ApiError(
    403,
    'key_restricted',
    'nothing runs in the background for this API key, because its models and caps would not apply there; use a key without them, or a token',
  );
}
