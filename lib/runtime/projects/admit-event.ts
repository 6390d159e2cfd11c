import type { RestEvent } from '../http/lambda-event';
import { ApiError } from './api-error';

/**
 * The refusal of an event that API Gateway wouldn't send, or that doesn't mean what IAM decided on; undefined if it is served.
 *
 * - Without a caller that IAM authenticated, the method was deployed without its authorisation.
 * - IAM decides on the path as it was sent. A path that a URL resolves to another one would act on a project that the decision wasn't about.
 */
export function refusalOf({ path, requestContext }: RestEvent): Response | undefined {
  if (!requestContext?.identity?.userArn) {
    return new ApiError(403, 'role_refused', 'this path requires a request that IAM authorises').toUnservedResponse();
  }
  if (/^[a-z0-9/-]*$/.test(path) && !path.includes('//')) return undefined;
  return new ApiError(
    400,
    'invalid_value',
    'the path may contain only lower-case letters, digits, hyphens and single slashes',
  ).toUnservedResponse();
}
