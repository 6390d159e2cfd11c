import type { TableKey } from './tables';

/** The partitions of a workspace's directory: the users and groups that an identity system sends by SCIM. */
export const DIRECTORY_PARTITIONS = {
  /** One row for each user. */
  users: 'user',
  /** One row for each group. */
  groups: 'group',
  /** Which user of the directory a member is, with the digest of their external ID; the sort key is the `sub` of the member's tokens. */
  links: 'link',
} as const;

type Row = TableKey<{ readonly S: string }>;

const row = (pk: string, sk: string): Row => ({ pk: { S: pk }, sk: { S: sk } });

export const userRow = (id: string): Row => row(DIRECTORY_PARTITIONS.users, id);
export const groupRow = (id: string): Row => row(DIRECTORY_PARTITIONS.groups, id);
export const linkRow = (member: string): Row => row(DIRECTORY_PARTITIONS.links, member);

/** The partition of a user's groups. */
export const groupsOfUser = (user: string): string => `member#${user}`;
export const membershipRow = (user: string, group: string): Row => row(groupsOfUser(user), group);

/** DynamoDB writes at most 1,000 rows per second to one partition, so a group's members are spread over several. */
export const MEMBER_PARTITIONS = [...'0123456789abcdef'];

/** A partition of a group's members. */
export const membersOfGroup = (group: string, part: string): string => `members#${group}#${part}`;

/** The row that lists a member of a group. The first digit of a random ID spreads them evenly. */
export const memberRow = (group: string, user: string): Row => row(membersOfGroup(group, user[0] ?? '0'), user);

/** A value that at most one user, or one group, has. */
export type UniqueValue = 'userName' | 'userExternalId' | 'groupName' | 'groupExternalId';

/** The row that reserves a unique value. Names would appear in logs of keys, so it has the value's digest. */
export const uniqueRow = (of: UniqueValue, digest: string): Row => row(`unique#${of}#${digest}`, 'unique');

/** What a role's condition on the directory's keys names: the partitions of each kind. */
export const DIRECTORY_KEYS = {
  ...DIRECTORY_PARTITIONS,
  memberships: groupsOfUser('*'),
  members: 'members#*',
  unique: 'unique#*',
  externalIds: uniqueRow('userExternalId', '*').pk.S,
} as const;
