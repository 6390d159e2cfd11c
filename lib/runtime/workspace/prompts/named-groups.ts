import type { Member } from '../../http/member';
import { ApiError } from '../errors/api-error';

/**
 * The groups that the member is in, by SCIM or by their token.
 *
 * @param param the parameter that requires them
 * @throws ApiError if they aren't known: an invented name and a real one get the same answer
 */
export function namedGroups({ key, groups, inBackground }: Member, param: string): readonly string[] {
  if (inBackground) {
    const message =
      'a prompt that is shared with a group works neither in the background nor in a batch; send the request without them, or use a prompt ' +
      'of your own';
    throw new ApiError(400, 'unsupported_value', message, { param });
  }
  if (groups !== undefined || key === undefined) return groups ?? [];
  const message =
    'an API key names no groups here, where members come with a token and not by SCIM, so no prompt can be shared with a group, listed or used ' +
    'by it; sign in to this workspace, and send your ID token to the same path without /key';
  throw new ApiError(403, 'token_required', message, { param });
}
