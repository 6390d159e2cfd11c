import { ApiError } from '../../http/api-error';

/** A model made something that isn't an answer. */
export const malformedOutput = () =>
  new ApiError(502, 'provider_failed', 'the model made an output that its provider could not read; try again');

/** The connection to the provider ended before the model did: as long as nothing was passed on, another destination may answer. */
export const streamWasCut = () =>
  Object.assign(new ApiError(502, 'provider_failed', "the provider's stream ended before the answer did; try again"), {
    $metadata: { httpStatusCode: 502 },
  });
