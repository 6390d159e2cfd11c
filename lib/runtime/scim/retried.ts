import type { UniqueValue } from '../../contract/directory';
import { RecordChanged, ValueTaken } from '../directory/unique-values';
import { ApiError } from './api-error';

const TRIES = 5;

/**
 * Changes a record as it is now. If another request changes it meanwhile, the change is made again.
 *
 * @throws ApiError if a unique value is taken, or other requests keep changing the record
 */
export async function retried<T>(change: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await change();
    } catch (error) {
      if (error instanceof ValueTaken) throw taken(error.of);
      if (!(error instanceof RecordChanged)) throw error;
      if (tries === TRIES) throw unavailable(error);
    }
  }
}

export const unavailable = (cause: unknown) =>
  new ApiError(
    503,
    'directory_unavailable',
    'the directory does not answer at the moment, or others are changing the record; try again',
    {
      headers: { 'retry-after': '1' },
      cause,
    },
  );

const ATTRIBUTES: Readonly<Record<UniqueValue, string>> = {
  userName: "a user has this 'userName'",
  userExternalId: "a user has this 'externalId'",
  groupName: "a group has this 'displayName'",
  groupExternalId: "a group has this 'externalId'",
};

const taken = (of: UniqueValue) =>
  new ApiError(
    409,
    'scim_uniqueness',
    `${ATTRIBUTES[of]} already, or one that differs in case only; find it by filter and change it, or use another value`,
  );
