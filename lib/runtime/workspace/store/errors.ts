import { ApiError } from './api-error';

export const locked = (cause: unknown) =>
  new ApiError(
    409,
    'conversation_locked',
    'others change this conversation at the same time, so nothing was added; try again in a few seconds',
    { headers: { 'retry-after': '2' }, cause },
  );

export const unavailable = (cause: unknown) =>
  new ApiError(503, 'content_unavailable', 'what is stored can not be reached for now; try again in a few seconds', {
    headers: { 'retry-after': '5' },
    cause,
  });

/** Another attempt reads the same ciphertext, so it would fail too. */
export const unreadable = (cause: unknown) =>
  new ApiError(
    500,
    'content_unreadable',
    'what is stored can not be decrypted, because it was changed or belongs elsewhere; report the x-request-id of this answer to its operator',
    { headers: { 'x-should-retry': 'false' }, cause },
  );

export const erased = () =>
  new ApiError(403, 'content_erased', 'the content of this member was erased, so there is none and none is stored');

export const onHold = () =>
  new ApiError(
    409,
    'legal_hold',
    'this is kept under a legal hold, so it can not be deleted or replaced for now; an administrator of the workspace knows the reason',
  );
