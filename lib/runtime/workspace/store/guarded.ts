import { KeyGone } from '../keyring/keyring';
import { ApiError } from './api-error';
import { isUnreadable } from './content-cipher';
import { erased, unavailable, unreadable } from './errors';

/**
 * Awaits work on stored content.
 *
 * @throws ApiError for every failure: the message of a store or a key service never reaches a client
 */
export async function guarded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw toApiError(error);
  }
}

function toApiError(error: unknown): ApiError {
  if (error instanceof KeyGone) return erased();
  return isUnreadable(error) ? unreadable(error) : unavailable(error);
}
