import { ApiError as BaseApiError, type HttpErrorCode } from '../http/api-error';

/** The codes that the rights of users adds. */
export const RIGHTS_ERROR_CODES = [
  'legal_hold',
  'content_erased',
  'job_not_found',
  'hold_not_found',
  'not_certified',
  'not_erased',
  'second_person_required',
  'too_early',
  'role_too_recent',
  'not_independent',
  'not_releasable',
  'not_confirmable',
  'not_callable_off',
  'workspace_closing',
] as const;

export type RightsErrorCode = (typeof RIGHTS_ERROR_CODES)[number];

declare module '../http/api-error' {
  interface ErrorCodes extends Record<RightsErrorCode, true> {}
}

/** A refusal or failure with a code that this API may answer with. */
export const ApiError = BaseApiError<HttpErrorCode | RightsErrorCode>;
export type ApiError = BaseApiError;
