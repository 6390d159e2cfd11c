import { hash } from 'node:crypto';
import { groupRow, type UniqueValue, uniqueRow, userRow } from '../../contract/directory';
import type { Item } from './directory-table';

/** What both kinds of records have. Times are in Unix milliseconds. */
interface DirectoryRecord {
  /** A random ID, which the directory gives. */
  readonly id: string;
  /** The ID that the identity system gives. */
  readonly externalId?: string;
  readonly created: number;
  readonly changed: number;
  /** Counts the changes, so that concurrent ones are noticed. */
  readonly version: number;
}

/** A person, with no more than identity needs. */
export interface DirectoryUser extends DirectoryRecord {
  readonly userName: string;
  readonly active: boolean;
  /** Since when `active` and the external ID have their values. */
  readonly activeSince: number;
}

/** A group, without its members. */
export interface DirectoryGroup extends DirectoryRecord {
  readonly displayName: string;
  /** Since when the group has its name and external ID, by which it gives roles. */
  readonly namedSince: number;
  /** Present while the group is being deleted: it gives no role any more. */
  readonly isEnding?: true;
}

export function toUserItem(user: DirectoryUser): Item {
  return {
    ...userRow(user.id),
    ...common(user),
    userName: { S: user.userName },
    active: { BOOL: user.active },
    activeSince: { N: `${user.activeSince}` },
  };
}

export function toGroupItem(group: DirectoryGroup): Item {
  return {
    ...groupRow(group.id),
    ...common(group),
    displayName: { S: group.displayName },
    namedSince: { N: `${group.namedSince}` },
    ...(group.isEnding && { isEnding: { BOOL: true } }),
  };
}

const common = ({ externalId, created, changed, version }: DirectoryRecord): Item => ({
  ...(externalId !== undefined && { externalId: { S: externalId } }),
  created: { N: `${created}` },
  changed: { N: `${changed}` },
  version: { N: `${version}` },
});

export const toUser = (item: Item): DirectoryUser => ({
  ...commonOf(item),
  userName: item.userName?.S ?? '',
  // Without a readable value, the user isn't admitted.
  active: item.active?.BOOL === true,
  activeSince: Number(item.activeSince?.N),
});

export const toGroup = (item: Item): DirectoryGroup => ({
  ...commonOf(item),
  displayName: item.displayName?.S ?? '',
  namedSince: Number(item.namedSince?.N),
  ...(item.isEnding?.BOOL === true && { isEnding: true }),
});

const commonOf = (item: Item): DirectoryRecord => ({
  id: item.sk?.S ?? '',
  ...(item.externalId?.S !== undefined && { externalId: item.externalId.S }),
  created: Number(item.created?.N),
  changed: Number(item.changed?.N),
  version: Number(item.version?.N),
});

/** Two values that differ in case only would be one user in a user pool, which ignores case. */
export const normal = (value: string): string => value.normalize('NFC').toLowerCase();

/** What a row has in place of a unique value. */
export const digestOf = (value: string): string => hash('sha256', normal(value), 'hex');

/** The key of the row that reserves a value. */
export const uniqueKey = (of: UniqueValue, value: string): Item => uniqueRow(of, digestOf(value));
