import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { KEYS_PARTITION, type TableKey } from '../../../contract/tables';
import { unixSeconds } from '../../aws/table';
import type { KeyRecord } from './key-record';

type Item = Record<string, AttributeValue>;

/** The days for which an invalid key is still listed. */
const REMEMBERED_MS = 90 * 86_400_000;

/** A record's key in the table. */
export const itemKey = (id: string): Item => ({ pk: { S: KEYS_PARTITION }, sk: { S: id } }) satisfies TableKey<object>;

/** The time from which the table may delete a key that has become invalid. */
export const forgetAfter = (end: Date): { N: string } => ({ N: unixSeconds(new Date(end.getTime() + REMEMBERED_MS)) });

/** A record as an item. */
export function toItem({ id, previous, open, countsLabel, tokensPerMonth, usdPerMonth, ...record }: KeyRecord): Item {
  const end = record.revoked ?? record.expires;
  return {
    ...itemKey(id),
    ...texts(record),
    ...(open && { open: { S: 'yes' } }),
    ...(countsLabel && { countsLabel: { S: 'yes' } }),
    ...(tokensPerMonth !== undefined && { tokensPerMonth: { N: `${tokensPerMonth}` } }),
    ...(usdPerMonth !== undefined && { usdPerMonth: { N: `${usdPerMonth}` } }),
    ...(previous && { previousSalt: { S: previous.salt }, previousHash: { S: previous.hash } }),
    ...(previous && { previousExpires: { S: previous.expires.toISOString() } }),
    ...(end && { expiresAt: forgetAfter(end) }),
  };
}

const texts = (values: Readonly<Record<string, string | Date | undefined>>): Item =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, { S: value instanceof Date ? value.toISOString() : value }]],
    ),
  );

/**
 * An item as a record.
 *
 * @throws if it doesn't have the form of a record: an unreadable expiry isn't the same as no expiry
 */
export function toRecord(item: Item): KeyRecord {
  const { previousSalt, previousHash } = item;
  const previousExpires = date(item.previousExpires);
  return {
    id: required(item.sk?.S),
    project: required(item.project?.S),
    ...(item.open && { open: true }),
    salt: required(item.salt?.S),
    hash: required(item.hash?.S),
    label: item.label?.S,
    ...(item.countsLabel && { countsLabel: true }),
    ...(item.tokensPerMonth && { tokensPerMonth: positive(item.tokensPerMonth) }),
    ...(item.usdPerMonth && { usdPerMonth: positive(item.usdPerMonth) }),
    created: required(date(item.created)),
    expires: date(item.expires),
    rotated: date(item.rotated),
    revoked: date(item.revoked),
    previous:
      previousSalt === undefined
        ? undefined
        : { salt: required(previousSalt.S), hash: required(previousHash?.S), expires: required(previousExpires) },
  };
}

function date(value: AttributeValue | undefined): Date | undefined {
  if (value === undefined) return undefined;
  const read = new Date(value.S ?? '');
  return required(Number.isNaN(read.getTime()) ? undefined : read);
}

/** A budget that can't be read isn't the same as no budget. */
function positive({ N }: AttributeValue): number {
  const read = Number(N);
  return required(read > 0 ? read : undefined);
}

function required<T>(value: T | undefined): T {
  if (value !== undefined) return value;
  throw new Error("an item in the table of keys doesn't have the form of a key; revoke the key and create another");
}
