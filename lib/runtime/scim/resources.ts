import type { DirectoryGroup, DirectoryUser } from '../directory/records';
import { GROUP_URN, USER_URN } from './schema-urns';

/** The address of a resource. */
export type Locate = (kind: 'Users' | 'Groups', id: string) => string;

const time = (at: number): string => new Date(at).toISOString();

const meta = (
  resourceType: 'User' | 'Group',
  location: string,
  { created, changed }: DirectoryUser | DirectoryGroup,
) => ({
  resourceType,
  created: time(created),
  lastModified: time(changed),
  location,
});

/** @param groups the groups of the user, if they are requested */
export const toUserResource = (user: DirectoryUser, locate: Locate, groups?: readonly DirectoryGroup[]) => ({
  schemas: [USER_URN],
  id: user.id,
  ...(user.externalId !== undefined && { externalId: user.externalId }),
  userName: user.userName,
  active: user.active,
  ...(groups && {
    groups: groups.map(({ id, displayName }) => ({
      value: id,
      $ref: locate('Groups', id),
      display: displayName,
      type: 'direct',
    })),
  }),
  meta: meta('User', locate('Users', user.id), user),
});

/** @param members the IDs of the group's members, unless they are left out */
export const toGroupResource = (group: DirectoryGroup, locate: Locate, members?: readonly string[]) => ({
  schemas: [GROUP_URN],
  id: group.id,
  ...(group.externalId !== undefined && { externalId: group.externalId }),
  displayName: group.displayName,
  ...(members && { members: members.map((value) => ({ value, $ref: locate('Users', value), type: 'User' })) }),
  meta: meta('Group', locate('Groups', group.id), group),
});
