import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Key } from './keys';

/** An item of the table, as DynamoDB represents it. */
export type Row = Record<string, AttributeValue>;

/** @throws Error when the row has no key */
export const keyOf = (row: Row): Key => ({ pk: textOf(row, 'pk'), sk: textOf(row, 'sk') });

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

/**
 * A text that the row must have.
 *
 * @throws Error when it has none
 */
export function textOf(row: Row, name: string): string {
  const text = row[name]?.S;
  if (text === undefined) throw lacking(row, name);
  return text;
}

/**
 * A number that the row must have.
 *
 * @throws Error when it has none
 */
export function numberOf(row: Row, name: string): number {
  const number = Number(row[name]?.N);
  if (!Number.isFinite(number)) throw lacking(row, name);
  return number;
}

/**
 * Bytes that the row must have.
 *
 * @throws Error when it has none
 */
export function bytesOf(row: Row, name: string): Uint8Array {
  const bytes = row[name]?.B;
  if (bytes === undefined) throw lacking(row, name);
  return bytes;
}

/** A number that the row may have. */
export const optionalNumberOf = (row: Row, name: string): number | undefined =>
  row[name]?.N === undefined ? undefined : Number(row[name].N);

/** Every row was written with it, so the table answered with less, or something else wrote the row. */
const lacking = (row: Row, name: string) =>
  new Error(
    `a row of the kind '${(row.sk?.S ?? '').replace(/#.*$/s, '')}' lacks '${name}', so nothing is done with it; try again, and ` +
      'restore the row from a backup if it still does',
  );
