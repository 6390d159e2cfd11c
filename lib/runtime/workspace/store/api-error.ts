import { ApiError as BaseApiError, type HttpErrorCode } from '../../http/api-error';

/** The codes that the store of content adds, whatever the content is. */
export const STORE_ERROR_CODES = [
  'conversation_locked',
  'content_unavailable',
  'content_unreadable',
  'content_erased',
  'legal_hold',
] as const;

export type StoreErrorCode = (typeof STORE_ERROR_CODES)[number];

declare module '../../http/api-error' {
  interface ErrorCodes extends Record<StoreErrorCode, true> {}
}

/** A refusal or failure with a code that the store may answer with. */
export const ApiError = BaseApiError<HttpErrorCode | StoreErrorCode>;
export type ApiError = BaseApiError;
