import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../aws/table';
import { itemKey, toRecord } from './key-item';
import type { KeyRecord } from './key-record';
import type { KeyRegistry } from './key-registry';

/** Looks up keys in a DynamoDB table, which is all that a gateway may do. */
export class DynamoDbKeys implements KeyRegistry {
  constructor(protected readonly table: Table) {}

  public async find(id: string): Promise<KeyRecord | undefined> {
    const { Item } = await this.table.client.send(
      new GetItemCommand({ TableName: this.table.name, Key: itemKey(id), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : toRecord(Item);
  }
}
