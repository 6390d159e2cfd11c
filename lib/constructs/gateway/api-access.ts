import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { WorkspaceMembers } from '../members/workspace-members';
import { type OpenAiAnswer, refusal } from './openai-answer';

/** How an API's callers show who they are. */
export interface ApiAccess {
  readonly authorizationType: apigateway.AuthorizationType;
  /** What API Gateway asks; none where the handler alone does. */
  readonly authorizer?: (scope: Construct) => apigateway.IAuthorizer;
  /** The origins whose pages may call the API from a browser. */
  readonly corsOrigins: readonly string[];
  /** The media types of bodies that are passed on byte by byte; API Gateway reads others as text. */
  readonly binaryMediaTypes?: readonly string[];
  /** What API Gateway says by itself to who is not let in, or comes to the wrong place. */
  readonly missingToken: OpenAiAnswer;
  /** Rules of AwsSolutions that look for an authorizer of API Gateway, and why there is none. */
  readonly acknowledged: readonly { readonly rule: string; readonly reason: string }[];
}

/** With no authorizer that it could miss a token of, it is what API Gateway says where there is no method. */
const NO_SUCH_PATH = refusal(
  apigateway.ResponseType.MISSING_AUTHENTICATION_TOKEN,
  404,
  'unknown_url',
  'no such path; paths begin with /v1/',
);

const IN_THE_HANDLER =
  'the handler asks every request for an API key before any route, as clients of OpenAI send it; an authorizer of API Gateway ' +
  'would be a second function that every request waits for, could answer from its cache for longer than a revocation may take, ' +
  'and knows neither the models of a project nor its limits';

/** Callers send an API key, which the handler checks. */
export const API_KEYS: ApiAccess = {
  authorizationType: apigateway.AuthorizationType.NONE,
  corsOrigins: [],
  missingToken: NO_SUCH_PATH,
  acknowledged: ['APIG4', 'COG4'].map((rule) => ({ rule, reason: IN_THE_HANDLER })),
};

/**
 * Callers send an ID token of the workspace's user pool. API Gateway verifies it before the handler, which does so again and
 * looks at the client and the groups, that API Gateway doesn't.
 */
export const memberTokens = ({ pool, corsOrigins }: WorkspaceMembers): ApiAccess => ({
  authorizationType: apigateway.AuthorizationType.COGNITO,
  authorizer: (scope) =>
    new apigateway.CognitoUserPoolsAuthorizer(scope, 'Members', {
      cognitoUserPools: [pool.userPool],
      resultsCacheTtl: Duration.seconds(0),
    }),
  corsOrigins,
  // Files come in forms.
  binaryMediaTypes: ['multipart/form-data'],
  missingToken: NO_SUCH_PATH,
  acknowledged: [],
});

/** Browsers ask, without any token, whether a page may call; API Gateway answers by itself. */
export const PREFLIGHT = ['APIG4', 'COG4'].map((rule) => ({
  rule,
  reason:
    'a browser sends no credentials when it asks whether a page may call; the answer names the declared origins, and nothing else',
}));
