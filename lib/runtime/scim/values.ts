import { invalidValue } from './api-error';

/** The longest name or ID, in characters. */
const LONGEST = 256;

/**
 * A name or an ID.
 *
 * @throws ApiError if it is empty, too long or has control characters
 */
export function readText(value: unknown, attribute: string): string {
  if (
    typeof value === 'string' &&
    value.length <= LONGEST &&
    value.trim() !== '' &&
    !/[\p{C}\p{Zl}\p{Zp}]/u.test(value)
  )
    return value;
  throw invalidValue(`'${attribute}' must be a text of 1 to ${LONGEST} characters, without control characters`);
}

/**
 * A truth value. Microsoft Entra ID sends the texts `True` and `False` unless its flag `aadOptscim062020` is set:
 * https://learn.microsoft.com/en-us/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility
 *
 * @throws ApiError if it is anything else
 */
export function readFlag(value: unknown, attribute: string): boolean {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true' || text === 'false') return text === 'true';
  throw invalidValue(`'${attribute}' must be true or false`);
}

/** The form of the directory's own IDs. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
