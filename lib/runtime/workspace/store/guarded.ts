import { KeyGone } from '../vault/vault';
import { ApiError } from './api-error';
import { erased, unavailable } from './errors';

/**
 * Does something with what is stored.
 *
 * @throws ApiError for whatever fails: what a store or a key service says never reaches a client
 */
export async function guarded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw error instanceof KeyGone ? erased() : unavailable(error);
  }
}
