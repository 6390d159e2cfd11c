import { ApiError } from '../errors/api-error';

/** The output of a model isn't a valid answer. */
export const malformedOutput = () =>
  new ApiError(502, 'provider_failed', "the model produced output that its provider couldn't parse; try again");

/** The connection to the provider ended before the answer. If nothing was sent to the client yet, another destination may answer. */
export const streamWasCut = () =>
  Object.assign(new ApiError(502, 'provider_failed', "the provider's stream ended before the answer did; try again"), {
    $metadata: { httpStatusCode: 502 },
  });
