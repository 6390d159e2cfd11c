import type { GatewayErrorCode } from '../../gateway/errors/api-error';
import { ApiError as BaseApiError, type HttpErrorCode } from '../../http/api-error';
import type { IdentityErrorCode } from '../identity/api-error';

/** The codes that members' keys add. */
export const MEMBER_KEY_ERROR_CODES = [
  'key_not_found',
  'too_many_keys',
  'sign_in_required',
  'course_ended',
  'course_refused',
] as const;

export type MemberKeyErrorCode = (typeof MEMBER_KEY_ERROR_CODES)[number];

declare module '../../http/api-error' {
  interface ErrorCodes extends Record<MemberKeyErrorCode, true> {}
}

/** The route of members' keys, by its name in records and metrics. */
declare module '../../http/records/record-names' {
  interface Routes {
    keys: true;
  }
}

/** A refusal or failure with a code that this API may answer with. */
export const ApiError = BaseApiError<HttpErrorCode | GatewayErrorCode | IdentityErrorCode | MemberKeyErrorCode>;
export type ApiError = BaseApiError;
