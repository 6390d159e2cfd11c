import { locked } from './errors';
import { Conflict } from './table';

/** Who can't get in between the others' changes is told to try again; nothing was stored. */
export async function orLocked<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    throw error instanceof Conflict ? locked(error) : error;
  }
}
