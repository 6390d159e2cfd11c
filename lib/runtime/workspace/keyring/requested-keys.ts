import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EXPIRES_AT, keyRequestRow } from '../../../contract/tables';
import type { KeyMaker } from './key-maker';
import { branchKeyId } from './key-store';
import { ERASED, GONE, rowKey } from './key-store-client';
import { KeyGone } from './keyring';

/** Where keys are requested, and where the function that makes them writes. */
export interface RequestedKeysOptions {
  readonly workspace: string;
  /** A client that no key store uses. */
  readonly client: Pick<DynamoDBClient, 'send'>;
  /** The name of the table of requests. */
  readonly requests: string;
  /** The name of the table of branch keys. */
  readonly branchKeys: string;
  /**
   * Waits between two attempts to find the key.
   *
   * @default - a timer
   */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** @default - the system clock, in milliseconds */
  readonly now?: () => number;
}

const PAUSE_MS = 200;
const TRIES = 75;

/** After this time DynamoDB deletes a request that was never answered. */
const REQUEST_SECONDS = 3_600;

/**
 * Has keys made by a function of their own, because DynamoDB's permission to create a row also overwrites one: a process that
 * serves requests could destroy each member's key. The stream of the table of requests invokes that function.
 */
export class RequestedKeys implements KeyMaker {
  constructor(private readonly options: RequestedKeysOptions) {}

  /** @throws Error when no key was made within fifteen seconds */
  public async make(user: string, exists: () => Promise<boolean>): Promise<void> {
    const { pause = timer } = this.options;
    if (await this.isErased(user)) throw new KeyGone(GONE);
    await this.request(user);
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      await pause(PAUSE_MS);
      if (await exists()) return;
    }
    if (await this.isErased(user)) throw new KeyGone(GONE);
    throw new Error(
      `no key was made within ${(PAUSE_MS * TRIES) / 1_000} seconds, so nothing was stored; see the log of the workspace's function ` +
        "'KeyRequests/Make', and try again",
    );
  }

  private async isErased(user: string): Promise<boolean> {
    const { client, branchKeys: TableName, workspace } = this.options;
    const Key = rowKey(branchKeyId(workspace, user), ERASED);
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item !== undefined;
  }

  /** A request at another time is another row image, so that a repeated one is in the stream too. */
  private async request(user: string): Promise<void> {
    const { client, requests: TableName, now = Date.now } = this.options;
    const Item = {
      ...keyRequestRow(user),
      requestedAt: { N: `${now()}` },
      [EXPIRES_AT]: { N: `${Math.floor(now() / 1_000) + REQUEST_SECONDS}` },
    };
    await client.send(new PutItemCommand({ TableName, Item }));
  }
}

const timer = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
