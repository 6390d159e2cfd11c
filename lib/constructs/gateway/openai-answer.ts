import type * as apigateway from 'aws-cdk-lib/aws-apigateway';

/** One of API Gateway's own answers, in OpenAI's format. */
export interface OpenAiAnswer {
  readonly response: apigateway.ResponseType;
  /**
   * The status code. The two default responses must not set one: every other answer would inherit it.
   *
   * @default - API Gateway's own status
   */
  readonly status?: number;
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
  /**
   * Seconds after which the client may try again.
   *
   * @default - the answer doesn't say
   */
  readonly retryAfter?: number;
}

/** An answer that blames the request. */
export const refusal = (
  response: apigateway.ResponseType,
  status: number | undefined,
  code: string | null,
  message: string,
): OpenAiAnswer => ({ response, status, type: 'invalid_request_error', code, message });
