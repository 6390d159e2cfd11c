import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { TableKey } from '../../contract/tables';
import type { Table } from '../aws/table';
import { DynamoDbSuspensions } from '../workspace/identity/dynamodb-suspensions';
import { SUSPENSIONS_PARTITION, type Suspensions } from '../workspace/identity/suspension';

/** Where it is kept who is kept out. */
export interface SuspensionLedger extends Suspensions {
  /** Keeps somebody out, or lets them back. */
  setDisabled(member: string, disabled: boolean): Promise<void>;
  /** Has everybody who signed in as this member up to then sign in again. */
  signOut(member: string, at: Date): Promise<void>;
}

/** The ledger of a deployed workspace. Each act writes its own attribute, so that two at once don't undo each other. */
export class DynamoDbSuspensionLedger extends DynamoDbSuspensions implements SuspensionLedger {
  constructor(private readonly own: Table) {
    super(own);
  }

  public setDisabled(member: string, disabled: boolean): Promise<void> {
    return this.set(member, 'disabled', { BOOL: disabled });
  }

  public signOut(member: string, at: Date): Promise<void> {
    return this.set(member, 'signedOutAt', { N: `${Math.floor(at.getTime() / 1_000)}` });
  }

  private async set(member: string, name: string, value: { BOOL: boolean } | { N: string }): Promise<void> {
    await this.own.client.send(
      new UpdateItemCommand({
        TableName: this.own.name,
        Key: { pk: { S: SUSPENSIONS_PARTITION }, sk: { S: member } } satisfies TableKey<object>,
        UpdateExpression: 'SET #name = :value',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':value': value },
      }),
    );
  }
}
