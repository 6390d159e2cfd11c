import { ApiError } from '../../http/api-error';
import type { ContentCipher } from '../store/content-cipher';
import type { KeyLookup } from './key-lookup';
import { type KeyUser, type KeyUserParts, requireKeyUser } from './key-user';
import { isProven } from './proven-keys';

/** The user for which a key that a member once sent would act now; undefined if it would not be admitted. It reads their keys again each time. */
export type StillValid = (member: string, id: string) => Promise<KeyUser | undefined>;

/** For what goes on after the request that a key admitted. A key that was revoked, has expired or has stopped isn't valid any more. */
export function stillValid(keys: KeyLookup, cipher: ContentCipher, parts: KeyUserParts, now: () => Date): StillValid {
  return async (member, id) => {
    const found = await keys.find(member);
    const key = found?.keys.get(id);
    const time = now();
    if (found === undefined || key === undefined || time.getTime() >= key.ends) return undefined;
    // Its course decides what the job charges.
    if (!(await isProven(cipher, member, key))) return undefined;
    try {
      return await requireKeyUser(parts, member, found, key, time);
    } catch (error) {
      if (error instanceof ApiError && error.status === 403) return undefined;
      throw error;
    }
  };
}
