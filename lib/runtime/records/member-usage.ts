import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { counterPartition, dayTokens, PARTITION_KEY, SORT_KEY } from '../../contract/tables';

/** The tokens that one member used in a period. */
export interface UseOfMember {
  /** The member's pseudonym, assigned by the user pool. */
  readonly member: string;
  readonly tokens: number;
  readonly cached: number;
  readonly cacheWrite: number;
}

/** The tokens of each member of a workspace. */
export interface MemberUsage {
  /** From one day to another in UTC, both inclusive, as `2026-11-24`; who used most is first. */
  of(first: string, last: string): Promise<readonly UseOfMember[]>;
}

/** The counts of members by day, in the workspace's table of usage. */
export class DynamoDbMemberUsage implements MemberUsage {
  constructor(
    private readonly table: { readonly client: Pick<DynamoDBClient, 'send'>; readonly name: string },
    private readonly workspace: string,
  ) {}

  public async of(first: string, last: string): Promise<readonly UseOfMember[]> {
    const sums = new Map<string, UseOfMember>();
    let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
    do {
      const page = await this.table.client.send(
        new QueryCommand({
          TableName: this.table.name,
          KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :first AND :last',
          ExpressionAttributeNames: { '#pk': PARTITION_KEY, '#sk': SORT_KEY },
          ExpressionAttributeValues: {
            ':pk': { S: counterPartition(this.workspace) },
            ':first': { S: dayTokens(first) },
            // Sorts after every member of the day, because no ID contains a tilde.
            ':last': { S: `${dayTokens(last)}#~` },
          },
          ExclusiveStartKey,
        }),
      );
      for (const { sk, count, cached, cacheWrite } of page.Items ?? []) {
        const member = sk?.S?.split('#')[2];
        if (member === undefined) continue;
        const before = sums.get(member);
        sums.set(member, {
          member,
          tokens: (before?.tokens ?? 0) + Number(count?.N ?? 0),
          cached: (before?.cached ?? 0) + Number(cached?.N ?? 0),
          cacheWrite: (before?.cacheWrite ?? 0) + Number(cacheWrite?.N ?? 0),
        });
      }
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    return [...sums.values()].sort((one, other) => other.tokens - one.tokens);
  }
}
