import { ApiError, type RightsErrorCode } from '../api-error';
import type { RefusalReason, Refused } from '../decisions/refused';

/** The answer to a refused request. */
export const refusal = ({ reason, message }: Refused): ApiError => new ApiError(409, CODES[reason], message);

/** The code of each reason, as API clients and operators read it. */
export const CODES = {
  held: 'legal_hold',
  erased: 'content_erased',
  uncertified: 'not_certified',
  present: 'not_erased',
  same: 'second_person_required',
  early: 'too_early',
  late: 'role_too_recent',
  related: 'not_independent',
  unreleasable: 'not_releasable',
  unconfirmable: 'not_confirmable',
  uncallable: 'not_callable_off',
  ending: 'workspace_closing',
} as const satisfies Record<RefusalReason, RightsErrorCode>;

export const jobNotFound = () => new ApiError(404, 'job_not_found', 'there is no job with this id');

export const holdNotFound = () => new ApiError(404, 'hold_not_found', 'there is no hold with this id');

export const unknownPath = () =>
  new ApiError(
    404,
    'unknown_url',
    'there is nothing at this path; docs/WORKSPACES.md lists the paths for administrators',
  );
