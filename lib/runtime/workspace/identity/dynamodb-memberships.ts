import { type AttributeValue, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { MEMBER_ROLES } from '../../../contract/roles';
import type { Table } from '../../aws/table';
import { type Membership, type Memberships, membershipKey, type RecordedRole } from './membership';

/** The record of a deployed workspace, as it is now. */
export class DynamoDbMemberships implements Memberships {
  constructor(private readonly table: Table) {}

  public async of(member: string): Promise<Membership | undefined> {
    const Key = membershipKey(member);
    const command = new GetItemCommand({ TableName: this.table.name, Key, ConsistentRead: true });
    const { Item } = await this.table.client.send(command);
    if (Item === undefined) return undefined;
    const roles = MEMBER_ROLES.flatMap((role) => (Item[role] === undefined ? [] : [[role, toRole(Item[role])]]));
    return { roles: Object.fromEntries(roles), givers: Item.givers?.SS ?? [] };
  }
}

const toRole = ({ M }: AttributeValue): RecordedRole => ({
  at: Number(M?.at?.N),
  isCurrent: M?.current?.BOOL === true,
});
