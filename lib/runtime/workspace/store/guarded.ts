import { KeyGone, UnreadableMessage } from '../keyring/keyring';
import { ApiError } from './api-error';
import { ContentMoved } from './content-cipher';
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
  return error instanceof UnreadableMessage || error instanceof ContentMoved ? unreadable(error) : unavailable(error);
}
