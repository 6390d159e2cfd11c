import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { KeyRegistry } from '../../gateway/keys/key-registry';
import type { TableAccess } from '../store/content-stores';
import { toKey } from '../store/row';
import { keysRow, toKeys } from './key-row';
import type { KeysOfMember } from './member-key';

/** Looks up the keys of a member in the table of content: one read of one row, whatever a client sends. */
export class KeyLookup implements KeyRegistry<KeysOfMember> {
  constructor(private readonly table: TableAccess & { readonly client: Pick<DynamoDBClient, 'send'> }) {}

  public async find(member: string): Promise<KeysOfMember | undefined> {
    const { client, name: TableName } = this.table;
    const Key = toKey(keysRow(member));
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item && toKeys(Item);
  }
}
