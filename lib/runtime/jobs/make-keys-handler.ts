import { DeleteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { keyRequestRow, PARTITION_KEY } from '../../contract/tables';
import { errorName } from '../rights/deployed/error-name';
import type { OwnKeyMaker } from '../workspace/keyring/key-maker';
import { isUserId } from '../workspace/keyring/key-store';
import { KeyGone } from '../workspace/keyring/keyring';

/** What the handler that makes keys needs. */
export interface MakeKeysOptions {
  readonly maker: Pick<OwnKeyMaker, 'make'>;
  readonly requests: { readonly client: Pick<DynamoDBClient, 'send'>; readonly name: string };
  readonly log: (line: object) => void;
}

/** What the handler reads from a batch of the stream of requests. */
export interface RequestBatch {
  readonly Records?: readonly {
    readonly eventName?: string;
    readonly dynamodb?: { readonly Keys?: { readonly [PARTITION_KEY]?: { readonly S?: string } } };
  }[];
}

/**
 * Makes the branch keys that were requested, and never replaces one. The batch is tried again if a store failed; a request that
 * can't succeed, such as that of an erased user, is deleted, so that it delays no others. Its log contains only counts and names.
 */
export function makeKeysHandler({ maker, requests, log }: MakeKeysOptions) {
  return async ({ Records = [] }: RequestBatch): Promise<void> => {
    const users = new Set(
      Records.filter(({ eventName }) => eventName !== 'REMOVE').flatMap(({ dynamodb }) => dynamodb?.Keys?.pk?.S ?? []),
    );
    const failed = (await Promise.all([...users].map((user) => answered(user)))).filter((name) => name !== undefined);
    log({ event: 'keys-made', requested: users.size, failed: failed.length });
    if (failed.length > 0) throw new Error(`keys were not made: ${[...new Set(failed)].join(', ')}`);
  };

  /** The name of the failure, if there was one. */
  async function answered(user: string): Promise<string | undefined> {
    try {
      if (isUserId(user)) await maker.make(user).catch(unlessErased);
      await requests.client.send(new DeleteItemCommand({ TableName: requests.name, Key: keyRequestRow(user) }));
      return undefined;
    } catch (error) {
      return errorName(error);
    }
  }
}

function unlessErased(error: unknown): void {
  if (!(error instanceof KeyGone)) throw error;
}
