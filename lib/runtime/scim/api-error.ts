import { ApiError as BaseApiError, type HttpErrorCode } from '../http/api-error';

/** The codes that SCIM adds. */
export const SCIM_ERROR_CODES = [
  'directory_unavailable',
  'scim_invalid_filter',
  'scim_invalid_path',
  'scim_invalid_syntax',
  'scim_invalid_value',
  'scim_mutability',
  'scim_no_target',
  'scim_not_found',
  'scim_not_implemented',
  'scim_too_many',
  'scim_uniqueness',
] as const;

export type ScimErrorCode = (typeof SCIM_ERROR_CODES)[number];

declare module '../http/api-error' {
  interface ErrorCodes extends Record<ScimErrorCode, true> {}
}

/** A refusal or failure with a code that this API may answer with. */
export const ApiError = BaseApiError<HttpErrorCode | ScimErrorCode>;
export type ApiError = BaseApiError;

/** `scimType` of RFC 7644, table 9. */
const SCIM_TYPES: Readonly<Partial<Record<string, string>>> = {
  invalid_json: 'invalidSyntax',
  invalid_value: 'invalidValue',
  scim_invalid_filter: 'invalidFilter',
  scim_invalid_path: 'invalidPath',
  scim_invalid_syntax: 'invalidSyntax',
  scim_invalid_value: 'invalidValue',
  scim_mutability: 'mutability',
  scim_no_target: 'noTarget',
  scim_too_many: 'tooMany',
  scim_uniqueness: 'uniqueness',
};

/** An error in SCIM's form (RFC 7644, 3.12). */
export const scimError = ({ status, code, message }: ApiError) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: `${status}`,
  ...(SCIM_TYPES[code] !== undefined && { scimType: SCIM_TYPES[code] }),
  detail: message,
});

export const invalidValue = (message: string) => new ApiError(400, 'scim_invalid_value', message);
export const invalidPath = (message: string) => new ApiError(400, 'scim_invalid_path', message);
export const notFound = (kind: 'user' | 'group') =>
  new ApiError(
    404,
    'scim_not_found',
    `no ${kind} of this workspace has this id; search by filter, or create the ${kind}`,
  );
