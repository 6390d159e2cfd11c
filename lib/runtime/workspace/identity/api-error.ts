import { ApiError as BaseApiError, type HttpErrorCode } from '../../http/api-error';

/** The codes that the authentication of members adds. */
export const IDENTITY_ERROR_CODES = ['member_disabled', 'member_not_provisioned', 'members_unavailable'] as const;

export type IdentityErrorCode = (typeof IDENTITY_ERROR_CODES)[number];

declare module '../../http/api-error' {
  interface ErrorCodes extends Record<IdentityErrorCode, true> {}
}

/** A refusal or failure with a code that this API may answer with. */
export const ApiError = BaseApiError<HttpErrorCode | IdentityErrorCode>;
export type ApiError = BaseApiError;
