/** Every code that an answer of this gateway may carry; a closed set, so that logs and clients can tell cases apart. */
export type ErrorCode =
  | 'invalid_api_key'
  | 'role_refused'
  | 'member_disabled'
  | 'rate_limit_exceeded'
  | 'insufficient_quota'
  | 'keys_unavailable'
  | 'limits_unavailable'
  | 'members_unavailable'
  | 'unknown_url'
  | 'host_refused'
  | 'method_not_allowed'
  | 'unsupported_media_type'
  | 'request_too_large'
  | 'invalid_json'
  | 'invalid_value'
  | 'missing_required_parameter'
  | 'unknown_parameter'
  | 'unsupported_parameter'
  | 'unsupported_value'
  | 'model_not_found'
  | 'model_not_supported'
  | 'response_not_found'
  | 'conversation_not_found'
  | 'item_not_found'
  | 'file_not_found'
  | 'upload_not_found'
  | 'prompt_not_found'
  | 'file_refused'
  | 'file_too_large'
  | 'invalid_multipart'
  | 'conversation_locked'
  | 'context_length_exceeded'
  | 'content_unavailable'
  | 'content_erased'
  | 'legal_hold'
  | 'export_not_found'
  | 'export_expired'
  | 'export_not_ready'
  | 'job_not_found'
  | 'hold_not_found'
  | 'not_certified'
  | 'member_not_found'
  | 'managed_elsewhere'
  | 'own_membership'
  | 'records_unavailable'
  | 'not_erased'
  | 'second_person_required'
  | 'not_releasable'
  | 'not_callable_off'
  | 'workspace_closing'
  | 'residency_model_refused'
  | 'residency_remote_content_refused'
  | 'residency_store_refused'
  | 'residency_tool_refused'
  | 'residency_schema_refused'
  | 'residency_no_destination'
  | 'residency_unverified'
  | 'provider_rejected_request'
  | 'provider_denied_gateway'
  | 'provider_failed'
  | 'client_closed_request'
  | 'internal_error';

/** `requests` and `tokens` say of a 429 which limit was reached. */
export type ErrorType = 'invalid_request_error' | 'server_error' | 'requests' | 'tokens';

export interface ApiErrorOptions {
  /** The parameter at fault, as a path into the body: `messages[0].content`. */
  readonly param?: string;
  /**
   * What OpenAI calls the kind of error.
   *
   * @default - `server_error` from status 500 on, else `invalid_request_error`
   */
  readonly type?: ErrorType;
  readonly headers?: Readonly<Record<string, string>>;
  /** What failed, for the operator alone: its message is told to nobody. */
  readonly cause?: unknown;
}

/**
 * A refusal or failure in OpenAI's form. Its message is written by this package: it never repeats what a client or
 * provider sent, because clients log it.
 */
export class ApiError extends Error {
  public override readonly name = 'ApiError';
  public readonly param: string | null;
  public readonly type: ErrorType;
  public readonly headers: Readonly<Record<string, string>>;

  constructor(
    public readonly status: number,
    public readonly code: ErrorCode,
    message: string,
    options: ApiErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.param = options.param ?? null;
    this.type = options.type ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
    this.headers = options.headers ?? {};
  }

  public toResponse(): Response {
    return Response.json({ error: this.toBody() }, { status: this.status, headers: this.headers });
  }

  /** The answer to what reaches no gateway, which would have given it an id. */
  public toUnservedResponse(): Response {
    const response = this.toResponse();
    response.headers.set('x-request-id', crypto.randomUUID());
    return response;
  }

  /** The error alone, as a stream carries it too. */
  public toBody() {
    const { message, type, param, code } = this;
    return { message, type, param, code };
  }
}
