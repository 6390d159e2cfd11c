import type { UniqueValue } from '../../contract/directory';
import { ConditionNotMet, type DirectoryTable, type Item, type Part } from './directory-table';
import { normal, uniqueKey } from './records';

/** Another record has a value that must be unique. */
export class ValueTaken extends Error {
  public override readonly name = 'ValueTaken';

  constructor(public readonly of: UniqueValue) {
    super('another record of the directory has this value');
  }
}

/** Another request has changed the record since it was read. */
export class RecordChanged extends Error {
  public override readonly name = 'RecordChanged';
}

export type UniqueValues = Readonly<Partial<Record<UniqueValue, string>>>;

/** A change of a record and of the values that it reserves. */
export interface RecordChange {
  readonly id: string;
  /** The record's new row; none if it is deleted. */
  readonly item?: Item;
  /** The record's key. */
  readonly key: Item;
  /** The version of the record that was read; none if it is new. */
  readonly version?: number;
  readonly before: UniqueValues;
  readonly after: UniqueValues;
}

/**
 * Writes a record together with the rows that reserve its unique values.
 *
 * @throws ValueTaken or RecordChanged, and nothing has changed
 */
export async function writeRecord(table: DirectoryTable, change: RecordChange): Promise<void> {
  const { id, item, key, version, before, after } = change;
  const taken: UniqueValue[] = [];
  const reserved: Part[] = [];
  const released: Part[] = [];
  for (const of of new Set([...Object.keys(before), ...Object.keys(after)] as UniqueValue[])) {
    const [old, next] = [before[of], after[of]];
    if (old !== undefined && next !== undefined && normal(old) === normal(next)) continue;
    if (next !== undefined) {
      taken.push(of);
      reserved.push({ put: { ...uniqueKey(of, next), id: { S: id } }, unless: 'exists' });
    }
    if (old !== undefined) released.push({ remove: uniqueKey(of, old), ifValue: { id: { S: id } } });
  }
  const ifValue = { version: { N: `${version}` } };
  const record: Part =
    item === undefined
      ? { remove: key, ifValue }
      : version === undefined
        ? { put: item, unless: 'exists' }
        : { put: item, ifValue };
  try {
    await table.write([record, ...reserved, ...released]);
  } catch (error) {
    if (!(error instanceof ConditionNotMet)) throw error;
    const [first = 0] = error.parts;
    const of = taken[first - 1];
    throw of === undefined ? new RecordChanged() : new ValueTaken(of);
  }
}
