import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { TableKey } from '../../../contract/tables';
import type { Table } from '../../aws/table';
import { SUSPENSIONS_PARTITION, type Suspension, type Suspensions } from './suspension';

/** The suspensions of a deployed workspace, as they are now. */
export class DynamoDbSuspensions implements Suspensions {
  constructor(private readonly table: Table) {}

  public async of(member: string): Promise<Suspension> {
    const Key = { pk: { S: SUSPENSIONS_PARTITION }, sk: { S: member } } satisfies TableKey<object>;
    const command = new GetItemCommand({ TableName: this.table.name, Key, ConsistentRead: true });
    const { Item } = await this.table.client.send(command);
    const signedOutAt = Item?.signedOutAt?.N;
    return {
      disabled: Item?.disabled?.BOOL ?? false,
      ...(signedOutAt !== undefined && { signedOutAt: Number(signedOutAt) }),
    };
  }
}
