import { ApiError } from './api-error';
import type { UpstreamFailure } from './upstream-failure';

/** The error for a failure that no other destination would avoid, or that occurs after a stream has begun. */
export function finalError(failure: UpstreamFailure): ApiError {
  // OpenAI's clients read `x-should-retry`. A missing permission is still missing a second later.
  const headers = { 'x-should-retry': 'false' };
  switch (failure) {
    case 'rejected':
      return new ApiError(
        400,
        'provider_rejected_request',
        "the model's provider refused this request; its reason is not repeated, because it can quote the " +
          'request: check the length of the conversation and what this model supports (tools, images, parameters)',
      );
    case 'too-long':
      return new ApiError(
        400,
        'context_length_exceeded',
        'the conversation is longer than this model accepts; leave out earlier messages, or set a lower limit of tokens',
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
      return new ApiError(
        499,
        'client_closed_request',
        'the client closed the connection before the answer was complete',
      );
    case 'broken':
      return new ApiError(502, 'provider_failed', "the model's provider gave no readable answer", { headers });
    default:
      return new ApiError(502, 'provider_failed', "the model's provider failed while it answered; try again");
  }
}
