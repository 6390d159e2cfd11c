import type { ApiError } from '../errors/api-error';

/** Anthropic's kinds of errors, by status. */
const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
};

/** An error in Anthropic's form, with the gateway's own code. */
export const toErrorBody = ({ status, message, code, param }: ApiError, requestId: string) => ({
  type: 'error' as const,
  error: { type: TYPES[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error'), message, code, param },
  request_id: requestId,
});

/** The answer to a request that was refused or failed. */
export const toErrorResponse = (error: ApiError, requestId: string): Response =>
  Response.json(toErrorBody(error, requestId), { status: error.status, headers: error.headers });
