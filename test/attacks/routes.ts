import type { Prepared } from '../fuzz/prepared';
import { ROWS } from '../fuzz/rows';
import { form } from './forms';
import type { Sent } from './target';

/** A route of an API, with its request. */
export interface RouteRow {
  /** Such as `GET /v1/conversations/:id`. */
  readonly route: string;
  readonly method: string;
  /** The roles that may use it. */
  readonly as: readonly string[];
  /** Whether a request names stored content, in its path or its body. */
  readonly namesContent: boolean;
  /** Whether every user has it for what concerns them, whatever their role. */
  readonly isOwn: boolean;
  /** A request with these IDs. */
  readonly request: (ids: Omit<Prepared, 'hold' | 'member' | 'job'> & Partial<Prepared>) => Sent;
}

/** Every route of every API: the rows of the fuzzer, whose run fails if a route lacks one. */
export const ROUTES: readonly RouteRow[] = Object.entries(ROWS).map(([route, row]) => {
  const [method = '', pattern = ''] = route.split(' ');
  return {
    route,
    method,
    as: row.as,
    // The last part of `/v1/responses/input_tokens` is no ID of content.
    namesContent: (row.ids?.some((name) => name !== 'inputTokens') ?? false) || (row.body?.length ?? 0) > 0,
    isOwn: pattern.startsWith('/admin/v1/rights/own/') || pattern.startsWith('/v1/models'),
    request: (ids) => {
      const known = { hold: NO_HOLD, member: 'member', job: ids.export, ...ids };
      const values = (row.ids ?? []).map((name) => known[name]);
      const path = pattern.replace(/:\w+/g, () => values.shift() ?? '');
      const at = { method, path: row.query === undefined ? path : `${path}?${row.query}` };
      if (row.form === undefined) return { ...at, body: row.body?.(known) };
      const [body, header] = form(row.form === 'file' ? { purpose: 'user_data' } : {}, row.form, 'plain text');
      return { ...at, body, headers: [header] };
    },
  };
});

const NO_HOLD = `hold_${'0'.repeat(32)}`;
