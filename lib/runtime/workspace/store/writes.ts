import type { Put, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { EXPIRES_AT } from '../../../contract/tables';
import type { Key } from './keys';
import { type Row, toKey } from './row';

/** A write that takes effect with all others of its transaction, or not at all. */
export type Write = TransactWriteItem;

/** A condition without which a write doesn't take effect. */
export interface Condition extends Pick<Put, 'ExpressionAttributeNames' | 'ExpressionAttributeValues'> {
  readonly ConditionExpression: string;
}

/** The table adds its own name when it runs a write that names none. */
const TableName = undefined;

export const putRow = (Item: Row, condition?: Condition): Write => ({ Put: { TableName, Item, ...condition } });

export const deleteRow = (key: Key, condition?: Condition): Write => ({
  Delete: { TableName, Key: toKey(key), ...condition },
});

/** Changes nothing, and fails the transaction unless the condition is met. */
export const requireRow = (key: Key, condition: Condition): Write => ({
  ConditionCheck: { TableName, Key: toKey(key), ...condition },
});

/**
 * @param expression an update expression, such as `SET #a = :a`
 * @param attributes its names and values, with those of a condition if there is one
 */
export const updateRow = (key: Key, expression: string, attributes: Partial<Condition>): Write => ({
  Update: { TableName, Key: toKey(key), UpdateExpression: expression, ...attributes },
});

/** The same write in another table. */
export const inTable = (TableName: string, write: Write): Write =>
  Object.fromEntries(Object.entries(write).map(([kind, content]) => [kind, { ...content, TableName }]));

/** There is no row under this key. */
export const ABSENT: Condition = {
  ConditionExpression: 'attribute_not_exists(#pk)',
  ExpressionAttributeNames: { '#pk': 'pk' },
};

/** There is no row under this key, or one that has expired and that DynamoDB hasn't deleted yet. */
export const absentOrExpired = (now: Date): Condition => ({
  ConditionExpression: 'attribute_not_exists(#pk) OR #expires <= :now',
  ExpressionAttributeNames: { '#pk': 'pk', '#expires': EXPIRES_AT },
  ExpressionAttributeValues: { ':now': { N: `${Math.floor(now.getTime() / 1_000)}` } },
});

/** There is a row under this key. */
export const PRESENT: Condition = {
  ConditionExpression: 'attribute_exists(#pk)',
  ExpressionAttributeNames: { '#pk': 'pk' },
};

/** There is a row under this key, and it has this version. */
export const atVersion = (version: number): Condition => ({
  ConditionExpression: '#version = :was',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':was': { N: `${version}` } },
});

/** As {@link atVersion}; version 0 is that of a row that isn't there yet. */
export const atVersionOrNew = (version: number): Condition => (version === 0 ? ABSENT : atVersion(version));
