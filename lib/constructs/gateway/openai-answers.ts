import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { type OpenAiAnswer, refusal } from './openai-answer';

const { ResponseType } = apigateway;

const failure = (...answer: Parameters<typeof refusal>): OpenAiAnswer => ({
  ...refusal(...answer),
  type: 'server_error',
});

/**
 * All answers except those that depend on the authentication. Texts are fixed, because API Gateway's own messages can
 * repeat the request: a wrong signature repeats the whole canonical request.
 */
export const OPENAI_ANSWERS: readonly OpenAiAnswer[] = [
  refusal(ResponseType.DEFAULT_4XX, undefined, null, 'the request was refused'),
  // Only the authorizer of a workspace answers this. It can read one header.
  refusal(
    ResponseType.UNAUTHORIZED,
    401,
    'invalid_api_key',
    "the token is not valid; send the workspace's ID token as 'Authorization: Bearer TOKEN', because 'x-api-key' isn't read here",
  ),
  refusal(ResponseType.INVALID_API_KEY, 401, 'invalid_api_key', 'the API key is not valid'),
  refusal(
    ResponseType.INVALID_SIGNATURE,
    401,
    'invalid_signature',
    'the signature does not match the request; check the clock, the Region and the service execute-api',
  ),
  refusal(ResponseType.EXPIRED_TOKEN, 401, 'expired_credentials', 'the credentials have expired; renew them'),
  refusal(ResponseType.ACCESS_DENIED, 403, 'access_denied', 'the caller may not use this API'),
  refusal(
    ResponseType.WAF_FILTERED,
    403,
    'request_blocked',
    'the request was blocked by the web application firewall, for its source address or its rate',
  ),
  refusal(ResponseType.RESOURCE_NOT_FOUND, 404, 'unknown_url', 'no such path; paths begin with /v1/'),
  refusal(ResponseType.BAD_REQUEST_BODY, 400, 'invalid_body', 'the body is not valid'),
  refusal(ResponseType.BAD_REQUEST_PARAMETERS, 400, 'invalid_parameters', 'a parameter is not valid'),
  refusal(
    ResponseType.REQUEST_TOO_LARGE,
    413,
    'request_too_large',
    'the request is too large; send less, or smaller images',
  ),
  refusal(
    ResponseType.UNSUPPORTED_MEDIA_TYPE,
    415,
    'unsupported_media_type',
    'the content type is not supported; send application/json',
  ),
  {
    ...refusal(ResponseType.THROTTLED, 429, 'rate_limit_exceeded', 'too many requests; wait and try again'),
    type: 'requests',
    // The throttling bucket is refilled every second.
    retryAfter: 1,
  },
  {
    ...refusal(ResponseType.QUOTA_EXCEEDED, 429, 'insufficient_quota', 'the quota is used up'),
    type: 'insufficient_quota',
  },

  failure(ResponseType.DEFAULT_5XX, undefined, null, 'the request failed; try again later'),
  failure(ResponseType.API_CONFIGURATION_ERROR, 500, 'gateway_misconfigured', 'the gateway is not set up correctly'),
  failure(
    ResponseType.AUTHORIZER_CONFIGURATION_ERROR,
    500,
    'authorizer_failure',
    'the credentials could not be checked; try again later',
  ),
  failure(
    ResponseType.AUTHORIZER_FAILURE,
    500,
    'authorizer_failure',
    'the credentials could not be checked; try again later',
  ),
  failure(ResponseType.INTEGRATION_FAILURE, 502, 'gateway_failure', 'the gateway failed to answer; try again later'),
  failure(
    ResponseType.INTEGRATION_TIMEOUT,
    504,
    'gateway_timeout',
    'the gateway took too long to answer; try again, or ask for less',
  ),
];
