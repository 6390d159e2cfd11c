import { JsonAnswer } from './json-answer';

/** The codes of what this module refuses itself, and of what every API does: authenticate, and name its paths and methods. */
export const HTTP_ERROR_CODES = [
  'invalid_api_key',
  'role_refused',
  'keys_unavailable',
  'unknown_url',
  'method_not_allowed',
  'unsupported_media_type',
  'request_too_large',
  'invalid_json',
  'invalid_multipart',
  'invalid_value',
  'missing_required_parameter',
  'unknown_parameter',
  'internal_error',
] as const;

export type HttpErrorCode = (typeof HTTP_ERROR_CODES)[number];

/**
 * Every code of every API. Each API adds its own codes by declaration merging, next to its own `ApiError`, so this module names no API
 * and the set stays closed.
 */
export interface ErrorCodes extends Record<HttpErrorCode, true> {}

/** A code that an answer may carry. Logs and clients distinguish cases by it, so a code never changes. */
export type ErrorCode = keyof ErrorCodes;

/** For a 429, `requests` and `tokens` name the limit that was reached. */
export type ErrorType = 'invalid_request_error' | 'server_error' | 'requests' | 'tokens';

export interface ApiErrorOptions {
  /** The parameter at fault, as a path into the body: `messages[0].content`. */
  readonly param?: string;
  /**
   * The kind of error, in OpenAI's terms.
   *
   * @default - `server_error` from status 500 on, else `invalid_request_error`
   */
  readonly type?: ErrorType;
  readonly headers?: Readonly<Record<string, string>>;
  /** The underlying error, for the operator's log only. Its message appears in no answer and no log. */
  readonly cause?: unknown;
}

/**
 * A refusal or failure in OpenAI's form. This package writes the message. It never repeats what a client or provider sent, because
 * clients log it.
 *
 * `Code` limits what a caller may construct. An API exports `ApiError` with its own codes; here, only those of this module compile.
 */
export class ApiError<Code extends ErrorCode = HttpErrorCode> extends Error {
  public override readonly name = 'ApiError';
  public readonly code: ErrorCode;
  public readonly param: string | null;
  public readonly type: ErrorType;
  public readonly headers: Readonly<Record<string, string>>;

  constructor(
    public readonly status: number,
    code: NoInfer<Code>,
    message: string,
    options: ApiErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.param = options.param ?? null;
    this.type = options.type ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
    this.headers = options.headers ?? {};
  }

  public toResponse(): Response {
    return new JsonAnswer({ error: this.toBody() }, { status: this.status, headers: this.headers });
  }

  /** The answer to a request that reaches no API, which would have given it an ID. */
  public toUnservedResponse(): Response {
    const response = this.toResponse();
    response.headers.set('x-request-id', crypto.randomUUID());
    return response;
  }

  /** The error object alone, which a stream also sends. */
  public toBody() {
    const { message, type, param, code } = this;
    return { message, type, param, code };
  }
}
