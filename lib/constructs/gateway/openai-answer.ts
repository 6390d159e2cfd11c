import type * as apigateway from 'aws-cdk-lib/aws-apigateway';

/** One of API Gateway's own answers, in OpenAI's form. */
export interface OpenAiAnswer {
  readonly response: apigateway.ResponseType;
  /** None keeps API Gateway's own; the two defaults must keep theirs, or every other answer takes it over. */
  readonly status?: number;
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
  /**
   * When to come back, in seconds.
   *
   * @default - it isn't said
   */
  readonly retryAfter?: number;
}

/** A fault of the request. */
export const refusal = (
  response: apigateway.ResponseType,
  status: number | undefined,
  code: string | null,
  message: string,
): OpenAiAnswer => ({ response, status, type: 'invalid_request_error', code, message });
