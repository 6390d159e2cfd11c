import { createHash, randomBytes } from 'node:crypto';
import { groupPartition } from '../../../contract/tables';
import { timedHex } from '../store/ids';
import { type Key, partitionOf } from '../store/keys';
import { contentPrefix } from '../store/objects';

/** The tag by which a group is named in keys of rows: its name may be personal, and isn't readable there. */
export const groupTag = (group: string): string => createHash('sha256').update(group).digest('hex').slice(0, 32);

/** An ID that begins with the group's tag, so that a share is found in one place, and only by who is in the group. */
export const newShareId = (tag: string, time: Date): string => `shpmpt_${tag}${timedHex(time)}`;

export const isShareId = (id: string): boolean => /^shpmpt_[0-9a-f]{76}$/.test(id);

export const tagOf = (id: string): string => id.slice('shpmpt_'.length, 'shpmpt_'.length + 32);

/** The ID of a key that no user has. It is random, so that a key made after an erasure is another one. */
export const newGroupKeyId = (): string => `group-${randomBytes(20).toString('hex')}`;

export const SHARES = 'share#';

/** A share, among the content of the member who shared. */
export const shareKey = (user: string, id: string): Key => ({ pk: partitionOf(user), sk: `${SHARES}${id}` });

export const SHARED_FILES = 'sharedfile#';

/** One file of a share. */
export const sharedFileKey = (user: string, id: string, nth: number): Key => ({
  pk: partitionOf(user),
  sk: `${SHARED_FILES}${id}#${`${nth}`.padStart(2, '0')}`,
});

/** The object of a shared file's content. */
export const sharedObject = (user: string, id: string, nth: number): string => `${contentPrefix(user)}${id}/${nth}`;

export const GROUP_KEYS = 'sharekey#';

/** Names the key under which a member's shares with a group are encrypted. */
export const groupKeyKey = (user: string, tag: string): Key => ({
  pk: partitionOf(user),
  sk: `${GROUP_KEYS}${tag}`,
});

export const POINTERS = 'sharedby#';

/** Says who shared, where the members of the group look. It has no content. */
export const pointerKey = (id: string): Key => ({ pk: groupPartition(tagOf(id)), sk: `${POINTERS}${id}` });
