/**
 * A status or an exception from Bedrock, in the form by which the AWS SDK's failures are distinguished. The answer's text is
 * discarded, because it can quote the request.
 */
export class BedrockFailure extends Error {
  public readonly $metadata?: { readonly httpStatusCode: number };

  /**
   * @param name the exception's name; an exception in a stream has nothing else
   * @param status the status, if there is one
   */
  constructor(
    public override readonly name: string,
    status?: number,
  ) {
    super('Bedrock answered with a failure');
    if (status !== undefined) this.$metadata = { httpStatusCode: status };
  }
}

/** The exception of a role's token that has expired. */
export const EXPIRED = 'ExpiredTokenException';

/**
 * The exceptions of status 403 that refuse the caller's credentials, whatever the model. A token that has expired isn't among them, because
 * the provider decides nothing by it: the next credentials are accepted.
 */
export const KEY_REFUSED: ReadonlySet<string> = new Set([
  'IncompleteSignatureException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
]);

/** The other exceptions of status 403 that are about the gateway, and never about the content of a request. */
export const GATEWAY_DENIED: ReadonlySet<string> = new Set([EXPIRED, 'AccessDeniedException']);

/** What Bedrock says of a conversation that is too long, which depends on the model's maker. */
const TOO_LONG: readonly string[] = [
  'Input is too long for requested model',
  'prompt is too long: ',
  'input length and `max_tokens` exceed context limit: ',
  'Input Tokens Exceeded: ',
  'Too many input tokens',
  '400 Bad Request: Too many input tokens',
  "This model's maximum context length is ",
];

/** Before the words of a model's maker. */
const OF_THE_MODEL = 'The model returned the following errors: ';

/**
 * The failure for a status other than 200. Its text is only compared with the known beginnings of one message, and then discarded.
 *
 * @param type the header with the exception's name, which an address may follow
 * @param body the answer, which may be cut off
 */
export function failureOf(status: number, type: string | undefined, body: string): BedrockFailure {
  const name = type?.split(':')[0] ?? '';
  if (status === 400 && name === 'ServiceQuotaExceededException') return new BedrockFailure(name, status);
  if (status === 403 && (KEY_REFUSED.has(name) || GATEWAY_DENIED.has(name))) return new BedrockFailure(name, status);
  return new BedrockFailure(status === 400 && isTooLong(body) ? 'ContextTooLong' : 'BedrockFailure', status);
}

/** The failure for an exception in a stream, whose name begins in lower case. */
export function streamFailure(type: string, body: string): BedrockFailure {
  const name = type.charAt(0).toUpperCase() + type.slice(1);
  return new BedrockFailure(name === 'ValidationException' && isTooLong(body) ? 'ContextTooLong' : name);
}

function isTooLong(body: string): boolean {
  try {
    const { error, ...native } = JSON.parse(body) as {
      message?: unknown;
      error?: { message?: unknown; code?: unknown };
    };
    // Chat completions report failures in OpenAI's form.
    if (error?.code === 'context_length_exceeded') return true;
    const { message } = error ?? native;
    const said = typeof message === 'string' ? message : '';
    const own = said.startsWith(OF_THE_MODEL) ? said.slice(OF_THE_MODEL.length) : said;
    return TOO_LONG.some((beginning) => own.startsWith(beginning));
  } catch {
    return false;
  }
}
