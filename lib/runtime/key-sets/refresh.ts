import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { KeySet } from '../../boundary/key-set';
import { KEY_SETS_PARTITION, PARTITION_KEY, SORT_KEY } from '../../contract/tables';
import { answerEvent, isCustomResourceEvent } from '../aws/custom-resource';
import { type ResponderOptions, respond } from '../aws/respond';

/** What the handler needs. */
export interface RefreshOptions {
  readonly fetchKeySet: () => Promise<KeySet>;
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly table: string;
  readonly responder: ResponderOptions;
  readonly log: (line: object) => void;
}

/**
 * Copies the key set of a user pool to a table for the gateway, which can't reach Cognito from its network. The handler runs at each
 * deployment and on a schedule. An event chooses only between the two.
 */
export function createRefresh(options: RefreshOptions): (event: unknown) => Promise<void> {
  const { responder, log } = options;
  return async (event) => {
    if (!isCustomResourceEvent(event)) return refresh(options);
    const response = await answerEvent(event, async () => {
      try {
        await refresh(options);
        return { ok: true, data: {} };
      } catch (error) {
        return { ok: false, reason: (error as Error).message };
      }
    });
    log({ event: 'custom-resource', request: event.RequestType, status: response.Status });
    await respond(event.ResponseURL, response, responder);
  };
}

async function refresh({ fetchKeySet, client, table, log }: RefreshOptions): Promise<void> {
  const set = await fetchKeySet();
  await client.send(
    new PutItemCommand({
      TableName: table,
      Item: {
        [PARTITION_KEY]: { S: KEY_SETS_PARTITION },
        [SORT_KEY]: { S: set.issuer },
        keySet: { S: JSON.stringify(set) },
      },
    }),
  );
  log({ event: 'key-set', issuer: set.issuer, keys: set.keys.map(({ kid }) => kid) });
}
