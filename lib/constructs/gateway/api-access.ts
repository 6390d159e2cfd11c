import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { WorkspaceMembers } from '../members/workspace-members';
import { type OpenAiAnswer, refusal } from './openai-answer';

/** How callers of an API authenticate. */
export interface ApiAccess {
  readonly authorizationType: apigateway.AuthorizationType;
  /**
   * API Gateway's authorizer.
   *
   * @default - none: only the handler authenticates
   */
  readonly authorizer?: (scope: Construct) => apigateway.IAuthorizer;
  /** The origins whose pages may call the API from a browser. */
  readonly corsOrigins: readonly string[];
  /**
   * The media types of bodies that are passed on unchanged; API Gateway reads others as text.
   *
   * @default - none
   */
  readonly binaryMediaTypes?: readonly string[];
  /** API Gateway's own answer to a caller without credentials or with an unknown path. */
  readonly missingToken: OpenAiAnswer;
  /** Rules of AwsSolutions that require an authorizer of API Gateway, with the reason why there is none. */
  readonly acknowledged: readonly { readonly rule: string; readonly reason: string }[];
}

/** Without an authorizer that could miss a token, API Gateway answers this for a path without a method. */
const NO_SUCH_PATH = refusal(
  apigateway.ResponseType.MISSING_AUTHENTICATION_TOKEN,
  404,
  'unknown_url',
  'no such path; paths begin with /v1/',
);

const IN_THE_HANDLER =
  "the handler requires an API key from every request before any route, in the form of OpenAI's clients; an authorizer of API " +
  'Gateway would be a second function that delays every request, could answer from its cache for longer than a revocation may ' +
  'take, and would know neither the models nor the limits of a project';

/** Callers send an API key, which the handler checks. */
export const API_KEYS: ApiAccess = {
  authorizationType: apigateway.AuthorizationType.NONE,
  corsOrigins: [],
  missingToken: NO_SUCH_PATH,
  acknowledged: ['APIG4', 'COG4'].map((rule) => ({ rule, reason: IN_THE_HANDLER })),
};

/** Members send API keys that they created, which the handler checks. */
export const MEMBER_KEYS: Pick<ApiAccess, 'authorizationType' | 'corsOrigins' | 'acknowledged'> = {
  authorizationType: apigateway.AuthorizationType.NONE,
  corsOrigins: [],
  acknowledged: ['APIG4', 'COG4'].map((rule) => ({
    rule,
    reason:
      "the handler requires a member's API key from every request below /key/v1 before any route, and refuses a text without the form of one " +
      'without reading anything; an authorizer of API Gateway would be a second function that delays every request, and could answer ' +
      'from its cache for longer than a revocation may take; the web ACL and the throttling apply as to every other path',
  })),
};

/**
 * Callers send an ID token of the workspace's user pool. API Gateway verifies it before the handler, which verifies it
 * again and also checks the client and the groups.
 */
export const memberTokens = ({ pool, corsOrigins }: WorkspaceMembers): ApiAccess => ({
  authorizationType: apigateway.AuthorizationType.COGNITO,
  authorizer: (scope) =>
    new apigateway.CognitoUserPoolsAuthorizer(scope, 'Members', {
      cognitoUserPools: [pool.userPool],
      resultsCacheTtl: Duration.seconds(0),
    }),
  corsOrigins,
  // Files are uploaded in forms.
  binaryMediaTypes: ['multipart/form-data'],
  missingToken: NO_SUCH_PATH,
  acknowledged: [],
});

/** An identity system sends a token of the workspace's SCIM, which the handler checks. No page calls SCIM. */
export const SCIM_TOKENS = {
  authorizationType: apigateway.AuthorizationType.NONE,
  corsOrigins: [],
  acknowledged: ['APIG4', 'COG4'].map((rule) => ({
    rule,
    reason:
      "the handler requires a token of the workspace's SCIM from every request before any route; an identity system has no user of the " +
      'pool, and an authorizer of API Gateway would be a second function that could answer from its cache after a revocation',
  })),
} as const satisfies Pick<ApiAccess, 'authorizationType' | 'corsOrigins' | 'acknowledged'>;

/** Browsers send preflight requests without a token; API Gateway answers them itself. */
export const PREFLIGHT = ['APIG4', 'COG4'].map((rule) => ({
  rule,
  reason:
    'a browser sends no credentials with a preflight request; the answer names the declared origins and nothing else',
}));
