import type { GatewayErrorCode } from '../../gateway/errors/api-error';
import { ApiError as BaseApiError, type HttpErrorCode } from '../../http/api-error';
import type { StoreErrorCode } from '../store/api-error';

/** The codes that a workspace's content adds to those of its store. */
export const WORKSPACE_ERROR_CODES = [
  'response_not_found',
  'conversation_not_found',
  'item_not_found',
  'upload_not_found',
  'batch_not_found',
  'key_restricted',
  'prompt_not_found',
  'context_length_exceeded',
  'export_not_found',
  'export_expired',
  'export_not_ready',
] as const;

export type WorkspaceErrorCode = (typeof WORKSPACE_ERROR_CODES)[number];

declare module '../../http/api-error' {
  interface ErrorCodes extends Record<WorkspaceErrorCode, true> {}
}

/** The routes of stored content, by their names in records and metrics. */
declare module '../../http/records/record-names' {
  interface Routes {
    batches: true;
    conversations: true;
    exports: true;
    files: true;
    prompts: true;
  }
}

/** A refusal or failure with a code that this API may answer with. */
export const ApiError = BaseApiError<HttpErrorCode | GatewayErrorCode | StoreErrorCode | WorkspaceErrorCode>;
export type ApiError = BaseApiError;
