import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { OPENAI_ANSWERS } from './openai-answers';

/** Construction properties for OpenAiErrorResponses. */
export interface OpenAiErrorResponsesProps {
  /** The API whose own answers are changed. */
  readonly api: apigateway.IRestApi;
}

/**
 * API Gateway's own 4xx and 5xx answers in the form that OpenAI clients read, so that they see one kind of error whether
 * the handler, the authorizer, the firewall or the throttle answers.
 */
export class OpenAiErrorResponses extends Construct {
  constructor(scope: Construct, id: string, props: OpenAiErrorResponsesProps) {
    super(scope, id);
    for (const { response, status, type, code, message } of OPENAI_ANSWERS) {
      new apigateway.GatewayResponse(this, response.responseType, {
        restApi: props.api,
        type: response,
        statusCode: status?.toString(),
        templates: { 'application/json': JSON.stringify({ error: { message, type, param: null, code } }) },
      });
    }
  }
}
