import { ApiError as BaseApiError, type HttpErrorCode } from '../http/api-error';

/** The codes that the API of open projects adds. */
export const PROJECTS_ERROR_CODES = [
  'projects_unavailable',
  'project_not_found',
  'project_exists',
  'project_ended',
  'project_unreadable',
  'projects_at_maximum',
] as const;

export type ProjectsErrorCode = (typeof PROJECTS_ERROR_CODES)[number];

declare module '../http/api-error' {
  interface ErrorCodes extends Record<ProjectsErrorCode, true> {}
}

/** A refusal or failure with a code that this API may answer with. */
export const ApiError = BaseApiError<HttpErrorCode | ProjectsErrorCode>;
export type ApiError = BaseApiError;
