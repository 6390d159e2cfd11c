import { ApiError, invalidPath } from './api-error';
import type { Operation } from './patch';
import { readFlag, readText } from './values';

/** The attributes of a user that are stored. */
export interface UserValues {
  readonly userName: string;
  readonly externalId?: string;
  readonly active: boolean;
}

/**
 * Attributes of RFC 7643 that identity needs nothing of. They are accepted, because identity systems send them by default, and not
 * stored. An unknown attribute is refused: a misspelt `active` would admit a user who must be disabled.
 */
const NOT_STORED: readonly string[] = [
  'addresses',
  'displayname',
  'emails',
  'entitlements',
  'ims',
  'locale',
  'meta',
  'name',
  'nickname',
  'password',
  'phonenumbers',
  'photos',
  'preferredlanguage',
  'profileurl',
  'roles',
  'schemas',
  'timezone',
  'title',
  'usertype',
  'x509certificates',
];

/**
 * A user after the operations of a request.
 *
 * @param id the user's own ID, which a request may repeat
 * @throws ApiError if an attribute is unknown, can't be changed, or has a wrong value
 */
export function changedUser(before: Partial<UserValues>, operations: readonly Operation[], id?: string): UserValues {
  let { userName, externalId, active = true } = before;
  for (const { op, path, value } of operations) {
    const isWhole = path.selected === undefined && path.part === undefined;
    switch (isWhole || NOT_STORED.includes(path.name) ? path.name : '') {
      case 'username':
        if (op === 'remove') throw required('userName');
        userName = readText(value, 'userName');
        break;
      case 'active':
        if (op === 'remove') throw required('active');
        active = readFlag(value, 'active');
        break;
      case 'externalid':
        externalId = changedExternalId(
          before.externalId,
          op === 'remove' || value === null ? undefined : readText(value, 'externalId'),
        );
        break;
      case 'id':
        requireSameId(value, id);
        break;
      case 'groups':
        // A whole user may contain what was read before.
        if (op !== 'replace') throw readOnly('groups', 'change the members of the group instead');
        break;
      default:
        if (!path.name.startsWith('urn:') && !NOT_STORED.includes(path.name)) throw unknown();
    }
  }
  if (userName === undefined) throw required('userName');
  return { userName, active, ...(externalId !== undefined && { externalId }) };
}

/** A record is one person for as long as it exists: another person would get its roles, with the time since when they are held. */
function changedExternalId(before: string | undefined, after: string | undefined): string | undefined {
  if (before === undefined || before === after) return after;
  throw readOnly('externalId', 'it identifies the person; delete the user and create another');
}

/** @throws ApiError if a request names another ID than its path */
export function requireSameId(value: unknown, id: string | undefined): void {
  // A client that creates a record doesn't know its ID yet.
  if (id === undefined || value === id) return;
  throw readOnly('id', "leave it out, or send the record's own");
}

const readOnly = (attribute: string, fix: string) =>
  new ApiError(400, 'scim_mutability', `'${attribute}' can't be changed: ${fix}`);

const required = (attribute: string) =>
  new ApiError(400, 'scim_invalid_value', `'${attribute}' is required, so it can't be left out or removed`);

const unknown = () =>
  invalidPath('an attribute is none of a user by RFC 7643; remove it from the mapping of the identity system');
