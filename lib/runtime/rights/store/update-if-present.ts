import { UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { TableAccess } from '../../workspace/store/content-stores';
import type { Key } from '../../workspace/store/keys';
import { toKey } from '../../workspace/store/row';
import { PRESENT } from '../../workspace/store/writes';

/**
 * Updates a row that is there, outside of any transaction, which may write rows of other partitions too. A row that was deleted meanwhile
 * stays deleted.
 *
 * @param expression an update expression, such as `SET #a = :a`
 */
export async function updateIfPresent(
  { client, name }: TableAccess,
  key: Key,
  expression: string,
  attributes: Pick<UpdateItemCommandInput, 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>,
): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: name,
    Key: toKey(key),
    UpdateExpression: expression,
    ...attributes,
    ConditionExpression: PRESENT.ConditionExpression,
    ExpressionAttributeNames: { ...PRESENT.ExpressionAttributeNames, ...attributes.ExpressionAttributeNames },
  });
  try {
    await client.send(command);
  } catch (error) {
    if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
  }
}
