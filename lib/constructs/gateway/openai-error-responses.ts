import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { OpenAiAnswer } from './openai-answer';
import { OPENAI_ANSWERS } from './openai-answers';

/** Construction properties for OpenAiErrorResponses. */
export interface OpenAiErrorResponsesProps {
  /** The API whose own answers are changed. */
  readonly api: apigateway.IRestApi;

  /** The answer to a caller without credentials or with an unknown path. */
  readonly missingToken: OpenAiAnswer;
}

/**
 * API Gateway's own 4xx and 5xx answers in the format of OpenAI's clients. They then see one kind of error, whether it
 * comes from the handler, the authorizer, the firewall or the throttling.
 */
export class OpenAiErrorResponses extends Construct {
  constructor(scope: Construct, id: string, props: OpenAiErrorResponsesProps) {
    super(scope, id);
    for (const { response, status, type, code, message, retryAfter } of [props.missingToken, ...OPENAI_ANSWERS]) {
      new apigateway.GatewayResponse(this, response.responseType, {
        restApi: props.api,
        type: response,
        statusCode: status?.toString(),
        responseHeaders: retryAfter === undefined ? undefined : { 'retry-after': `'${retryAfter}'` },
        templates: { 'application/json': JSON.stringify({ error: { message, type, param: null, code } }) },
      });
    }
  }
}
