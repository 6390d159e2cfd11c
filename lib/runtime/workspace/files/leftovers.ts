import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { randomHex } from '../store/ids';
import { partitionOf } from '../store/keys';
import type { ContentObjects } from '../store/objects';
import { put, toKey } from '../store/row';
import type { ContentTable, Write } from '../store/table';
import { LEFTOVERS, leftoverKey } from './file-keys';

/**
 * What is deleted is gone with one transaction, which also notes what it had in the bucket. That goes next, and the note last; what
 * interrupts it is taken up by the member's next file.
 */
export class Leftovers {
  constructor(
    private readonly table: ContentTable,
    private readonly objects: ContentObjects,
  ) {}

  /** The note of what is to be deleted, for the transaction by which it isn't needed any more. */
  public note(user: string, objects: readonly string[]): Write {
    const list: AttributeValue = { L: objects.map((S) => ({ S })) };
    return { Put: put({ ...toKey(leftoverKey(user, randomHex())), objects: list }) };
  }

  /** Deletes whatever is noted of a user. */
  public async clear(user: string): Promise<void> {
    const range = { pk: partitionOf(user), from: LEFTOVERS, to: `${LEFTOVERS}~`, order: 'asc', page: 25 } as const;
    for await (const rows of this.table.pages(range)) {
      for (const { S } of rows.flatMap((row) => row.objects?.L ?? [])) {
        if (S !== undefined) await this.objects.delete(S);
      }
      await this.table.deleteAll(rows);
    }
  }
}
