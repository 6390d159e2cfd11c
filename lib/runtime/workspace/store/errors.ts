import { ApiError } from './api-error';
import type { Size } from './size';

/**
 * What isn't there and what is somebody else's are told alike. The messages name no id, so that the answers are the same to the
 * letter.
 */
export const conversationNotFound = (param: string) =>
  new ApiError(404, 'conversation_not_found', 'there is no conversation with this id', { param });

export const itemNotFound = (param = 'item_id') =>
  new ApiError(404, 'item_not_found', 'there is no item with this id in the conversation', { param });

export const responseNotFound = (param: string) =>
  new ApiError(404, 'response_not_found', 'there is no stored response with this id', { param });

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

export const erased = () =>
  new ApiError(403, 'content_erased', 'the content of this member was erased, so there is none and none is stored');

export const onHold = () =>
  new ApiError(
    409,
    'legal_hold',
    'this is kept under a legal hold, so it can not be deleted for now; an administrator of the workspace knows the reason',
  );

export const exportNotFound = () => new ApiError(404, 'export_not_found', 'there is no export with this id');

export const exportExpired = () =>
  new ApiError(
    410,
    'export_expired',
    'this export is no longer there; ask an administrator of the workspace for another',
  );

export const exportNotReady = () =>
  new ApiError(409, 'export_not_ready', 'this export is still being made; try again in a minute', {
    headers: { 'retry-after': '60' },
  });

export const tooLong = ({ tokens }: Size, how: 'alone' | 'disabled') =>
  new ApiError(
    400,
    'context_length_exceeded',
    how === 'alone'
      ? `the input is longer than the window of about ${tokens} tokens that a model is sent; shorten it`
      : `the conversation is longer than the window of about ${tokens} tokens that a model is sent; set 'truncation' to "auto" ` +
          'to leave out the oldest items, or begin another conversation',
    { param: 'input' },
  );
