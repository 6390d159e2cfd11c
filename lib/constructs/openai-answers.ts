import * as apigateway from 'aws-cdk-lib/aws-apigateway';

/** One of API Gateway's own answers, in OpenAI's form. */
export interface OpenAiAnswer {
  readonly response: apigateway.ResponseType;
  /** None keeps API Gateway's own; the two defaults must keep theirs, or every other answer takes it over. */
  readonly status?: number;
  readonly type: string;
  readonly code: string | null;
  readonly message: string;
}

const { ResponseType } = apigateway;
const INVALID = 'invalid_request_error';
const SERVER = 'server_error';

/**
 * Texts are fixed: API Gateway's own messages can repeat what was sent, a wrong signature the whole canonical request.
 */
export const OPENAI_ANSWERS: readonly OpenAiAnswer[] = [
  { response: ResponseType.DEFAULT_4XX, type: INVALID, code: null, message: 'the request was refused' },
  { response: ResponseType.DEFAULT_5XX, type: SERVER, code: null, message: 'the request failed; try again later' },
  {
    response: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 401,
    type: INVALID,
    code: 'missing_authentication',
    message: 'the request is not signed, or the path does not begin with /v1/; sign it with AWS Signature Version 4',
  },
  {
    response: ResponseType.UNAUTHORIZED,
    status: 401,
    type: INVALID,
    code: 'invalid_api_key',
    message: 'the credentials are not valid',
  },
  {
    response: ResponseType.INVALID_API_KEY,
    status: 401,
    type: INVALID,
    code: 'invalid_api_key',
    message: 'the API key is not valid',
  },
  {
    response: ResponseType.INVALID_SIGNATURE,
    status: 401,
    type: INVALID,
    code: 'invalid_signature',
    message: 'the signature does not match the request; check the clock, the Region and the service execute-api',
  },
  {
    response: ResponseType.EXPIRED_TOKEN,
    status: 401,
    type: INVALID,
    code: 'expired_credentials',
    message: 'the credentials have expired; renew them',
  },
  {
    response: ResponseType.ACCESS_DENIED,
    status: 403,
    type: INVALID,
    code: 'access_denied',
    message: 'the caller may not use this API',
  },
  {
    response: ResponseType.WAF_FILTERED,
    status: 403,
    type: INVALID,
    code: 'request_blocked',
    message: 'the request was blocked by the web application firewall',
  },
  {
    response: ResponseType.RESOURCE_NOT_FOUND,
    status: 404,
    type: INVALID,
    code: 'unknown_url',
    message: 'no such path; paths begin with /v1/',
  },
  {
    response: ResponseType.BAD_REQUEST_BODY,
    status: 400,
    type: INVALID,
    code: 'invalid_body',
    message: 'the body is not valid',
  },
  {
    response: ResponseType.BAD_REQUEST_PARAMETERS,
    status: 400,
    type: INVALID,
    code: 'invalid_parameters',
    message: 'a parameter is not valid',
  },
  {
    response: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    type: INVALID,
    code: 'request_too_large',
    message: 'the request is too large; send less, or smaller images',
  },
  {
    response: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: 415,
    type: INVALID,
    code: 'unsupported_media_type',
    message: 'the content type is not supported; send application/json',
  },
  {
    response: ResponseType.THROTTLED,
    status: 429,
    type: 'requests',
    code: 'rate_limit_exceeded',
    message: 'too many requests; wait and try again',
  },
  {
    response: ResponseType.QUOTA_EXCEEDED,
    status: 429,
    type: 'insufficient_quota',
    code: 'insufficient_quota',
    message: 'the quota is used up',
  },
  {
    response: ResponseType.API_CONFIGURATION_ERROR,
    status: 500,
    type: SERVER,
    code: 'gateway_misconfigured',
    message: 'the gateway is not set up correctly',
  },
  {
    response: ResponseType.AUTHORIZER_CONFIGURATION_ERROR,
    status: 500,
    type: SERVER,
    code: 'authorizer_failure',
    message: 'the credentials could not be checked; try again later',
  },
  {
    response: ResponseType.AUTHORIZER_FAILURE,
    status: 500,
    type: SERVER,
    code: 'authorizer_failure',
    message: 'the credentials could not be checked; try again later',
  },
  {
    response: ResponseType.INTEGRATION_FAILURE,
    status: 502,
    type: SERVER,
    code: 'gateway_failure',
    message: 'the gateway failed to answer; try again later',
  },
  {
    response: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    type: SERVER,
    code: 'gateway_timeout',
    message: 'the gateway took too long to answer; try again, or ask for less',
  },
];
