import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { type OpenAiAnswer, refusal } from './openai-answer';

/** How an API's callers show who they are. */
export interface ApiAccess {
  readonly authorizationType: apigateway.AuthorizationType;
  /** What API Gateway says by itself to who is not let in, or comes to the wrong place. */
  readonly missingToken: OpenAiAnswer;
  /** Rules of AwsSolutions that look for an authorizer of API Gateway, and why there is none. */
  readonly acknowledged: readonly { readonly rule: string; readonly reason: string }[];
}

const { MISSING_AUTHENTICATION_TOKEN } = apigateway.ResponseType;

/** Callers sign each request with IAM credentials; API Gateway lets nobody else through. */
export const SIGNED_REQUESTS: ApiAccess = {
  authorizationType: apigateway.AuthorizationType.IAM,
  missingToken: refusal(
    MISSING_AUTHENTICATION_TOKEN,
    401,
    'missing_authentication',
    'the request is not signed, or the path does not begin with /v1/; sign it with AWS Signature Version 4',
  ),
  acknowledged: [
    {
      rule: 'COG4',
      reason: 'callers sign requests by AWS Signature Version 4 (authorization AWS_IAM); no method is anonymous',
    },
  ],
};

const IN_THE_HANDLER =
  'the handler asks every request for an API key before any route, as clients of OpenAI send it; an authorizer of API Gateway ' +
  'would be a second function that every request waits for, could answer from its cache for longer than a revocation may take, ' +
  'and knows neither the models of a project nor its limits';

/** Callers send an API key, which the handler checks. */
export const API_KEYS: ApiAccess = {
  authorizationType: apigateway.AuthorizationType.NONE,
  // Without an authorizer it is what API Gateway says where there is no method.
  missingToken: refusal(MISSING_AUTHENTICATION_TOKEN, 404, 'unknown_url', 'no such path; paths begin with /v1/'),
  acknowledged: ['APIG4', 'COG4'].map((rule) => ({ rule, reason: IN_THE_HANDLER })),
};
