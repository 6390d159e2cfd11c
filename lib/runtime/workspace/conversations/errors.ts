import { ApiError } from '../errors/api-error';
import type { Size } from './size';

/**
 * An id that doesn't exist and an id of another user get the same answer. The messages name no id, so the answers are identical to the
 * byte.
 */
export const conversationNotFound = (param: string) =>
  new ApiError(404, 'conversation_not_found', 'there is no conversation with this id', { param });

export const itemNotFound = (param = 'item_id') =>
  new ApiError(404, 'item_not_found', 'there is no item with this id in the conversation', { param });

export const responseNotFound = (param: string) =>
  new ApiError(404, 'response_not_found', 'there is no stored response with this id', { param });

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
