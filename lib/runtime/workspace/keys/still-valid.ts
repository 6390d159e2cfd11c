import { ApiError } from '../../http/api-error';
import type { KeyLookup } from './key-lookup';
import type { MemberAccess } from './member-access';

/** Whether a key that a member once sent would still admit them. It reads their keys again each time. */
export type StillValid = (member: string, id: string) => Promise<boolean>;

/** For what goes on after the request that a key admitted. A key that was revoked, has expired or has stopped isn't valid any more. */
export function stillValid(keys: KeyLookup, access: MemberAccess, now: () => Date): StillValid {
  return async (member, id) => {
    const found = await keys.find(member);
    const key = found?.keys.get(id);
    const time = now();
    if (found === undefined || key === undefined || time.getTime() >= key.ends) return false;
    try {
      await access.require(member, found, time);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 403) return false;
      throw error;
    }
  };
}
