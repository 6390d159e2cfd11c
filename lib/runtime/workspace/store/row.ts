import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { EXPIRES_AT } from '../../../contract/tables';
import type { Key } from './keys';

/** An item of the table, as DynamoDB represents it. */
export type Row = Record<string, AttributeValue>;

export const keyOf = (row: Row): Key => ({ pk: row.pk?.S ?? '', sk: row.sk?.S ?? '' });

export const toKey = ({ pk, sk }: Key): Row => ({ pk: { S: pk }, sk: { S: sk } });

/** Attributes of a row; undefined values are left out. */
export function toAttributes(values: Readonly<Record<string, string | number | Uint8Array | undefined>>): Row {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, AttributeValue][] => {
      if (value === undefined) return [];
      if (typeof value === 'number') return [[name, { N: `${value}` }]];
      return [[name, typeof value === 'string' ? { S: value } : { B: value }]];
    }),
  );
}

/** A number that the row must have. */
export const numberOf = (row: Row, name: string): number => Number(row[name]?.N);

/** A number that the row may have. */
export const optionalNumberOf = (row: Row, name: string): number | undefined =>
  row[name]?.N === undefined ? undefined : Number(row[name].N);

/** DynamoDB may delete an expired row days later; until then the row is treated as deleted. */
export const isExpired = (row: Row, now: Date): boolean => {
  const expires = optionalNumberOf(row, EXPIRES_AT);
  return expires !== undefined && expires * 1_000 <= now.getTime();
};
