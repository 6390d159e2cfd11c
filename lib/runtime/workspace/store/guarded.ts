import { KeyGone } from '../keyring/keyring';
import { ApiError } from './api-error';
import { erased, unavailable } from './errors';

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
    throw error instanceof KeyGone ? erased() : unavailable(error);
  }
}
