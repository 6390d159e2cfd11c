import { invalid } from '../shared/fault';
import { admitItem, type Item, MOST_ITEM_BYTES, sizeOfItem } from './attribute';

/** A table of the local store. Its keys are text, as in every deployed table. */
export interface LocalTable {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** The attribute with the expiry time of an item, in Unix seconds. */
  readonly timeToLive?: string;
}

/** An item's key. */
export interface Key {
  readonly partition: string;
  readonly sort: string;
}

/** The key of an item. */
export function keyOf(table: LocalTable, item: Item): Key {
  return { partition: keyText(table.partitionKey, item, 2048), sort: keyText(table.sortKey, item, 1024) };
}

/** A key without other attributes. */
export function admitKey(table: LocalTable, value: unknown): Key {
  const item = admitItem(value);
  if (Object.keys(item).length !== 2) throw invalid('The provided key element does not match the schema');
  return keyOf(table, item);
}

export function toKeyItem(table: LocalTable, { partition, sort }: Key): Item {
  return { [table.partitionKey]: { S: partition }, [table.sortKey]: { S: sort } };
}

/** A valid item, with its size in bytes. */
export function admitWhole(table: LocalTable, value: unknown): { readonly item: Item; readonly key: Key } {
  const item = admitItem(value);
  requireSize(item);
  return { item, key: keyOf(table, item) };
}

export function requireSize(item: Item): void {
  if (sizeOfItem(item) > MOST_ITEM_BYTES) throw invalid('Item size has exceeded the maximum allowed size');
}

function keyText(name: string, item: Item, most: number): string {
  const value = item[name];
  if (value === undefined)
    throw invalid(`One or more parameter values were invalid: Missing the key ${name} in the item`);
  if (!('S' in value)) {
    throw invalid(
      `One or more parameter values were invalid: Type mismatch for key ${name} expected: S actual: ${Object.keys(value)[0]}`,
    );
  }
  if (value.S === '') {
    throw invalid(
      `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
    );
  }
  if (Buffer.byteLength(value.S) > most) {
    throw invalid(
      `One or more parameter values were invalid: Size of key ${name} has exceeded the maximum size limit of ${most} bytes`,
    );
  }
  return value.S;
}
