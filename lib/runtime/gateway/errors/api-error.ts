import { ApiError as BaseApiError, type HttpErrorCode } from '../../http/api-error';

/** The codes that the gateway adds to those of every API. */
export const GATEWAY_ERROR_CODES = [
  'rate_limit_exceeded',
  'insufficient_quota',
  'budget_unpriced',
  'limits_unavailable',
  'token_required',
  'unsupported_parameter',
  'unsupported_value',
  'context_length_exceeded',
  'model_not_found',
  'model_ended',
  'model_not_supported',
  'response_not_found',
  'item_not_found',
  'file_not_found',
  'file_not_ready',
  'file_refused',
  'file_too_large',
  'residency_model_refused',
  'residency_remote_content_refused',
  'residency_store_refused',
  'residency_tool_refused',
  'residency_schema_refused',
  'residency_no_destination',
  'residency_unverified',
  'provider_rejected_request',
  'provider_denied_gateway',
  'provider_failed',
  'provider_throttled',
  'client_closed_request',
] as const;

export type GatewayErrorCode = (typeof GATEWAY_ERROR_CODES)[number];

declare module '../../http/api-error' {
  interface ErrorCodes extends Record<GatewayErrorCode, true> {}
}

/** A refusal or failure with a code of the gateway. */
export const ApiError = BaseApiError<HttpErrorCode | GatewayErrorCode>;
export type ApiError = BaseApiError;
