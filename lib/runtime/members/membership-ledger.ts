import { type AttributeValue, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { MemberRole } from '../../contract/roles';
import type { Table } from '../aws/table';
import { membershipKey } from '../workspace/identity/membership';

/** A change of a member's roles. */
export interface RoleChange {
  readonly member: string;
  readonly given: readonly MemberRole[];
  readonly taken: readonly MemberRole[];
  /** The administrator who makes the change. */
  readonly by: string;
  readonly at: Date;
}

/** Records who gives a role to which member, and who takes it away. */
export interface MembershipLedger {
  /** Records a change before it is made, so that no role is given without a record. */
  record(change: RoleChange): Promise<void>;
}

/** The ledger of a deployed workspace. Each role is an attribute of its own, so that concurrent changes don't undo each other. */
export class DynamoDbMembershipLedger implements MembershipLedger {
  constructor(private readonly table: Table) {}

  public async record({ member, given, taken, by, at }: RoleChange): Promise<void> {
    if (given.length + taken.length === 0) return;
    const roles = [...given, ...taken];
    const toValue = (role: MemberRole): AttributeValue => ({
      M: { at: { N: `${at.getTime()}` }, by: { S: by }, current: { BOOL: given.includes(role) } },
    });
    const set = `SET ${roles.map((role) => `#${role} = :${role}`).join(', ')}`;
    await this.table.client.send(
      new UpdateItemCommand({
        TableName: this.table.name,
        Key: membershipKey(member),
        UpdateExpression: given.length > 0 ? `${set} ADD #givers :givers` : set,
        ExpressionAttributeNames: {
          ...Object.fromEntries(roles.map((role) => [`#${role}`, role])),
          ...(given.length > 0 && { '#givers': 'givers' }),
        },
        ExpressionAttributeValues: {
          ...Object.fromEntries(roles.map((role) => [`:${role}`, toValue(role)])),
          ...(given.length > 0 && { ':givers': { SS: [by] } }),
        },
      }),
    );
  }
}
