import { ApiError } from '../../http/api-error';
import type { UpstreamFailure } from './upstream-failure';

/** What a client is told of a failure that another destination wouldn't change, or that comes once a stream has begun. */
export function final(failure: UpstreamFailure): ApiError {
  // `x-should-retry` is read by OpenAI's clients: what a role lacks is still lacking a second later.
  const headers = { 'x-should-retry': 'false' };
  switch (failure) {
    case 'rejected':
      return new ApiError(
        400,
        'provider_rejected_request',
        "the model's provider refused this request as it is; what it said is not repeated, because it can quote the " +
          'request: check the length of the conversation and what this model supports (tools, images, parameters)',
      );
    case 'denied':
      return new ApiError(
        502,
        'provider_denied_gateway',
        "the model's provider doesn't let this gateway call the model; its operator must check model access, the role " +
          'and the endpoint policy in the Region that the log names',
        { headers },
      );
    case 'abandoned':
      return new ApiError(499, 'client_closed_request', 'the client closed the connection before the answer was made');
    case 'broken':
      return new ApiError(502, 'provider_failed', "the model's provider gave no answer that can be read", { headers });
    default:
      return new ApiError(502, 'provider_failed', "the model's provider failed while it answered; try again");
  }
}
