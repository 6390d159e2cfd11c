import { ApiError as BaseApiError, type HttpErrorCode } from '../http/api-error';

/** The code that the API of records adds. */
export const RECORDS_ERROR_CODES = ['records_unavailable', 'monitoring_refused'] as const;

export type RecordsErrorCode = (typeof RECORDS_ERROR_CODES)[number];

declare module '../http/api-error' {
  interface ErrorCodes extends Record<RecordsErrorCode, true> {}
}

/** A refusal or failure with a code that this API may answer with. */
export const ApiError = BaseApiError<HttpErrorCode | RecordsErrorCode>;
export type ApiError = BaseApiError;
