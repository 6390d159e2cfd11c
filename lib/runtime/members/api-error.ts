import { ApiError as BaseApiError, type HttpErrorCode } from '../http/api-error';

/** The codes that the administration of members adds. */
export const MEMBERS_ERROR_CODES = [
  'members_unavailable',
  'member_not_found',
  'managed_elsewhere',
  'own_membership',
] as const;

export type MembersErrorCode = (typeof MEMBERS_ERROR_CODES)[number];

declare module '../http/api-error' {
  interface ErrorCodes extends Record<MembersErrorCode, true> {}
}

/** A refusal or failure with a code that this API may answer with. */
export const ApiError = BaseApiError<HttpErrorCode | MembersErrorCode>;
export type ApiError = BaseApiError;
