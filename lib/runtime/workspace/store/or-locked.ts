import { locked } from './errors';
import { Conflict } from './table';

/**
 * Awaits a change that may lose to those of other requests.
 *
 * @throws ApiError that says to try again, when it lost; nothing was stored
 */
export async function orLocked<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    throw error instanceof Conflict ? locked(error) : error;
  }
}
