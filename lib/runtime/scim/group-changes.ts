import { ApiError, invalidPath, invalidValue } from './api-error';
import type { Operation } from './patch';
import { attributesOf } from './read-scim';
import { requireSameId } from './user-changes';
import { isId, readText } from './values';

/** The attributes of a group that are stored with it. */
export interface GroupValues {
  readonly displayName: string;
  readonly externalId?: string;
}

/** What a request changes of a group's members. */
export interface MemberChanges {
  /** Whether all members who aren't added are removed. */
  readonly replaces: boolean;
  /** By the IDs of users: true to add, false to remove. The last operation on a user decides. */
  readonly users: ReadonlyMap<string, boolean>;
}

/** More members than one request can name within its bounds. */
const MOST = 50_000;

const NOT_STORED: readonly string[] = ['meta', 'schemas'];

/**
 * A group after the operations of a request, and the changes of its members.
 *
 * @param id the group's own ID, which a request may repeat
 * @throws ApiError if an attribute is unknown, can't be changed, or has a wrong value
 */
export function changedGroup(
  before: Partial<GroupValues>,
  operations: readonly Operation[],
  id?: string,
): { readonly values: GroupValues; readonly members: MemberChanges } {
  let { displayName, externalId } = before;
  let replaces = false;
  const users = new Map<string, boolean>();
  for (const operation of operations) {
    const { op, path, value } = operation;
    if (path.name === 'members') {
      const change = memberChange(operation);
      if (change.replaces) {
        replaces = true;
        users.clear();
      }
      for (const user of change.users) users.set(user, op !== 'remove');
      if (users.size > MOST) throw tooMany();
      continue;
    }
    const isWhole = path.selected === undefined && path.part === undefined;
    switch (isWhole ? path.name : '') {
      case 'displayname':
        if (op === 'remove') throw invalidValue("'displayName' is required, so it can't be left out or removed");
        displayName = readText(value, 'displayName');
        break;
      case 'externalid':
        externalId = op === 'remove' || value === null ? undefined : readText(value, 'externalId');
        break;
      case 'id':
        requireSameId(value, id);
        break;
      default:
        if (!path.name.startsWith('urn:') && !NOT_STORED.includes(path.name)) throw unknown();
    }
  }
  if (displayName === undefined) throw invalidValue("'displayName' is required, so it can't be left out or removed");
  return {
    values: { displayName, ...(externalId !== undefined && { externalId }) },
    members: { replaces, users },
  };
}

/** The users of an operation on `members`, in the forms of RFC 7644 and of Microsoft Entra ID, which removes by a list of values. */
function memberChange({ op, path, value }: Operation): { users: readonly string[]; replaces: boolean } {
  if (path.part !== undefined) throw invalidPath("a part of 'members' can't be changed; add or remove members");
  if (path.selected !== undefined) {
    if (op !== 'remove') throw invalidPath("'members' with a filter can be removed only; add members by 'value'");
    return { users: path.selected.map(toMember), replaces: false };
  }
  // Without values, all members are meant.
  if (op === 'remove' && (value === undefined || value === null)) return { users: [], replaces: true };
  const values = Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
  return { users: values.map(toMember), replaces: op === 'replace' };
}

function toMember(value: unknown): string {
  const attributes = attributesOf(value);
  const id = attributes === undefined ? value : attributes.get('value');
  if (`${attributes?.get('type') ?? 'User'}`.toLowerCase() === 'group') {
    throw invalidValue(
      "a group can't be a member of a group here; assign the users, or let the identity system resolve nested groups",
    );
  }
  if (isId(id)) return id;
  throw invalidValue("each of 'members' must have as 'value' the id that this directory gave a user");
}

const tooMany = () => new ApiError(400, 'scim_too_many', `a request can change at most ${MOST} members; send several`);

const unknown = () =>
  invalidPath('an attribute is none of a group by RFC 7643; remove it from the mapping of the identity system');
