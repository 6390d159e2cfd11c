import type { DynamoDBClient, ServiceInputTypes, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { KeyGone } from './keyring';

/** The type of the row that marks a user as erased, under the id of their branch key. */
export const ERASED = 'erased';

/** The key of a row of the key store, whose attributes the SDK names. */
export const rowKey = (branchKeyId: string, type: string) => ({
  'branch-key-id': { S: branchKeyId },
  type: { S: type },
});

/**
 * Reserves a client for the key store. By itself, the SDK reads keys with eventual consistency, and would create one for a user who was
 * erased. Through this client it does neither.
 */
export function keyStoreClient(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === 'GetItemCommand') {
          const input = { ...args.input, ConsistentRead: true } as ServiceInputTypes;
          const result = await next({ ...args, input });
          if (!('Item' in result.output) || result.output.Item === undefined) throw new KeyGone(GONE);
          return result;
        }
        if (commandName !== 'TransactWriteItemsCommand' || !('TransactItems' in args.input)) return next(args);
        const parts = (args.input.TransactItems ?? []) as TransactWriteItem[];
        const TransactItems = [...parts, unlessErased(parts[0])];
        return next({ ...args, input: { ...args.input, TransactItems } });
      },
    { step: 'initialize', name: 'keyStore' },
  );
  return client;
}

/** The check is part of the same transaction, so that no key is created between the check and an erasure. */
function unlessErased(first: TransactWriteItem | undefined): TransactWriteItem {
  const { TableName, Item } = first?.Put ?? {};
  const id = Item?.['branch-key-id']?.S;
  if (TableName === undefined || id === undefined) {
    throw new Error(
      'the AWS Encryption SDK writes the key store in a way that this version does not know; use the pinned version',
    );
  }
  return {
    ConditionCheck: {
      TableName,
      Key: rowKey(id, ERASED),
      ConditionExpression: 'attribute_not_exists(#id)',
      ExpressionAttributeNames: { '#id': 'branch-key-id' },
    },
  };
}

/** The message of {@link KeyGone}. */
export const GONE = "the key of this user's content was erased, or never made";
