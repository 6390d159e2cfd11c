import type { Member } from '../../http/member';
import { ApiError } from '../errors/api-error';

/**
 * A worker runs a job with all that its member, or the course of their key, may use. It doesn't know the key's own models and caps.
 *
 * @throws ApiError if the member sent the job with a key that may use less
 */
export function requireUnrestricted({ key }: Member): void {
  const { id: _, course: __, ...restrictions } = key ?? {};
  if (Object.values(restrictions).every((one) => one === undefined)) return;
  throw new ApiError(
    403,
    'key_restricted',
    'nothing runs in the background for this API key, because its models and caps would not apply there; use a key without them, or a token',
  );
}
