import * as z from 'zod/mini';
import { ApiError } from '../../http/api-error';
import { isConversationId } from '../../workspace/conversations/ids';
import type { Handover } from '../decisions/exports';

const user = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/));
const reason = z.string().check(z.regex(/^\S(?:.{0,198}\S)?$/));

export const aboutUser = z.strictObject({ user });

export const newExport = z.strictObject({ user, recipient: z.optional(user), reason: z.optional(reason) });

export const newClosure = z.strictObject({
  workspace: z.string(),
  days: z._default(z.int().check(z.gte(7), z.lte(30)), 30),
});

export const newHold = z.strictObject({
  user,
  conversation: z.optional(z.string().check(z.refine((id: string) => isConversationId(id)))),
  reason,
});

/**
 * The recipient of an export that its user can't download, and the reason.
 *
 * @returns undefined if the request has neither
 * @throws ApiError when one is without the other
 */
export function handoverOf({ recipient, reason }: Partial<Handover>): Handover | undefined {
  if (recipient !== undefined && reason !== undefined) return { recipient, reason };
  if (recipient === undefined && reason === undefined) return undefined;
  const param = recipient === undefined ? 'recipient' : 'reason';
  throw new ApiError(400, 'missing_required_parameter', `'${param}' is missing: a recipient is named with a reason`, {
    param,
  });
}
