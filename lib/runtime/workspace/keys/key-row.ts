import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Key, partitionOf } from '../store/keys';
import { bytesOf, numberOf, optionalNumberOf, type Row, textOf, toAttributes } from '../store/row';
import type { KeysOfMember, MemberKey, SignInState } from './member-key';

/** The sort key of the row of a member's keys, and so its kind. */
export const KEYS_ROW = 'keys';

export const keysRow = (user: string): Key => ({ pk: partitionOf(user), sk: KEYS_ROW });

/** The key under which what is encrypted of a key is stored, as if it had a row of its own. */
export const proofKey = (user: string, id: string): Key => ({ pk: partitionOf(user), sk: `${KEYS_ROW}#${id}` });

/** @throws Error if the row doesn't have the form of a member's keys: an unreadable end isn't the same as a late one */
export function toKeys(row: Row): KeysOfMember {
  const keys = Object.entries(row.keys?.M ?? {}).map(([id, { M = {} }]) => [id, toKey(id, M)] as const);
  return { ...toState(row), keys: new Map(keys) };
}

function toState(row: Row): SignInState {
  const groups = row.groups?.L?.map(({ S = '' }) => S);
  return {
    signedInAt: numberOf(row, 'signedInAt'),
    seenAt: numberOf(row, 'seenAt'),
    isMember: row.isMember?.BOOL === true,
    ...(groups !== undefined && { groups }),
  };
}

function toKey(id: string, row: Row): MemberKey {
  const caps = CAPS.map((name) => [name, optionalNumberOf(row, name)] as const);
  const models = row.models?.L?.map(({ S = '' }) => S);
  return {
    id,
    salt: textOf(row, 'salt'),
    hash: textOf(row, 'hash'),
    createdAt: numberOf(row, 'createdAt'),
    ends: numberOf(row, 'ends'),
    proof: bytesOf(row, 'proof'),
    ...(models !== undefined && { models }),
    ...(row.course !== undefined && { course: textOf(row, 'course') }),
    ...Object.fromEntries(caps.filter(([, cap]) => cap !== undefined)),
  };
}

const CAPS = ['requestsPerMinute', 'tokensPerDay', 'tokensPerMonth', 'usdPerMonth'] as const;

/** A key as an attribute of the row. */
export const toAttribute = ({ id, models, ...key }: MemberKey): AttributeValue => ({
  M: { ...toAttributes({ ...key }), ...(models && { models: { L: models.map((S) => ({ S })) } }) },
});
