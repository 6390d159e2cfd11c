import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { TableKey } from '../../contract/tables';
import type { Table } from '../aws/table';
import { DynamoDbSuspensions } from '../workspace/identity/dynamodb-suspensions';
import { SUSPENSIONS_PARTITION, type Suspensions } from '../workspace/identity/suspension';

/** The record of blocked members. */
export interface SuspensionLedger extends Suspensions {
  /** Blocks a member, or unblocks them. */
  setDisabled(member: string, disabled: boolean): Promise<void>;
  /** Ends all sessions of this member that began up to then. */
  signOut(member: string, at: Date): Promise<void>;
}

/** The ledger of a deployed workspace. Each act writes its own attribute, so that concurrent acts don't undo each other. */
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
