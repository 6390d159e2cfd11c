import type { Member } from '../../http/member';
import { ApiError } from '../errors/api-error';

/**
 * The groups that the member's token names.
 *
 * @param param the parameter that requires them
 * @throws ApiError if no token names any: an invented name and a real one get the same answer
 */
export function namedGroups({ key, groups }: Member, param: string): readonly string[] {
  if (key !== undefined) {
    const message =
      'an API key names no groups, so no prompt can be shared with a group, listed or used by it; sign in to this workspace, and send ' +
      'your ID token to the same path without /key';
    throw new ApiError(403, 'token_required', message, { param });
  }
  if (groups === undefined) {
    const message =
      'a prompt that is shared with a group works neither in the background nor in a batch, where no token names your groups; send the ' +
      'request without them, or use a prompt of your own';
    throw new ApiError(400, 'unsupported_value', message, { param });
  }
  // Without SCIM, no one is a member without a group.
  if (groups.length === 0) {
    const message =
      'SCIM decides on the members of this workspace, and tokens name no groups here, so no prompt can be shared with a group, listed or ' +
      'used; use a prompt of your own';
    throw new ApiError(400, 'unsupported_value', message, { param });
  }
  return groups;
}
