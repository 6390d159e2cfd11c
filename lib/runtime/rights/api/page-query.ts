import type { Context } from 'hono';
import { ApiError } from '../api-error';
import { MOST_ROWS, type PageOptions } from '../jobs/rights-page';

/** @throws ApiError when the query's `after` isn't an ID of the list */
export function readAfter(c: Context, isId: (text: string) => boolean): string | undefined {
  const after = c.req.query('after');
  if (after === undefined || isId(after)) return after;
  throw new ApiError(400, 'invalid_value', "'after' must be the 'next' of an earlier page", { param: 'after' });
}

/** Without a limit, a page is as large as possible: version 0.1.0 had no pages. @throws ApiError when the query is invalid */
export function readPage(c: Context, isId: (text: string) => boolean): PageOptions {
  const limit = c.req.query('limit') ?? `${MOST_ROWS}`;
  if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > MOST_ROWS) {
    throw new ApiError(400, 'invalid_value', `'limit' must be a whole number from 1 to ${MOST_ROWS}`, {
      param: 'limit',
    });
  }
  return { after: readAfter(c, isId), limit: Number(limit) };
}
