import { ApiError as BaseApiError, type HttpErrorCode } from '../runtime/http/api-error';

/** The codes that `serve` adds. */
export const LOCAL_ERROR_CODES = ['host_refused', 'invalid_signature'] as const;

export type LocalErrorCode = (typeof LOCAL_ERROR_CODES)[number];

declare module '../runtime/http/api-error' {
  interface ErrorCodes extends Record<LocalErrorCode, true> {}
}

/** A refusal or failure with a code that this API may answer with. */
export const ApiError = BaseApiError<HttpErrorCode | LocalErrorCode>;
export type ApiError = BaseApiError;
