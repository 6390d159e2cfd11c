import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { randomHex } from '../store/ids';
import type { ContentObjects } from '../store/objects';
import { ofUser } from '../store/range';
import { toKey } from '../store/row';
import type { ContentTable } from '../store/table';
import { putRow, type Write } from '../store/writes';
import { LEFTOVERS, leftoverKey } from './file-keys';

/**
 * Objects of deleted files and uploads. One transaction deletes the rows and notes the objects; the objects are deleted next, and the
 * note last. If that is interrupted, the member's next file resumes it, but not during a hold.
 */
export class Leftovers {
  /** @param keeps whether noted objects stay, because something of the member is on hold */
  constructor(
    private readonly table: ContentTable,
    private readonly objects: ContentObjects,
    private readonly keeps: boolean,
  ) {}

  /** The write of the note, for the transaction that deletes the rows. */
  public note(user: string, objects: readonly string[]): Write {
    const list: AttributeValue = { L: objects.map((S) => ({ S })) };
    return putRow({ ...toKey(leftoverKey(user, randomHex())), objects: list });
  }

  /** Deletes all noted objects of a user, unless they stay. */
  public async clear(user: string): Promise<void> {
    if (this.keeps) return;
    for await (const rows of this.table.pages(ofUser(user, LEFTOVERS, 25))) {
      for (const { S } of rows.flatMap((row) => row.objects?.L ?? [])) {
        if (S !== undefined) await this.objects.delete(S);
      }
      await this.table.deleteAll(rows);
    }
  }
}
