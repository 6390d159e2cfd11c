import { OPEN_PROJECT_ID } from '../../contract/tenant';
import { ApiError } from './api-error';

/** The most projects of one answer. */
export const MOST_IN_PAGE = 100;

/** The requested part of the list: how many projects, and the ID after which they begin. */
export function pageIn({ url }: Request): { readonly limit: number; readonly after?: string } {
  const given: Record<string, string> = {};
  for (const [name, value] of new URL(url).searchParams) {
    if ((name !== 'limit' && name !== 'after') || given[name] !== undefined) {
      throw new ApiError(400, 'unknown_parameter', 'this path accepts limit and after, each once');
    }
    given[name] = value;
  }
  const { limit = '20', after } = given;
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > MOST_IN_PAGE) {
    throw new ApiError(400, 'invalid_value', `'limit' must be a whole number from 1 to ${MOST_IN_PAGE}`, {
      param: 'limit',
    });
  }
  if (after !== undefined && !OPEN_PROJECT_ID.test(after)) {
    throw new ApiError(400, 'invalid_value', "'after' must be the 'next' of an earlier page", { param: 'after' });
  }
  return { limit: Number(limit), after };
}
