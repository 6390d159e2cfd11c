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

/** The pauses before the reads that look for the key, in milliseconds: five seconds in total. */
const BACKOFF_MS = [100, 200, 400, 800, 1_000, 1_000, 1_500];

/** For this long after no key was made, the same user's requests fail at once instead of waiting too. */
const REST_MS = 10_000;

/** After this time DynamoDB deletes a request that was never answered. */
const REQUEST_SECONDS = 3_600;

/**
 * Has keys made by a function of their own, because DynamoDB's permission to create a row also overwrites one: a process that
 * serves requests could destroy each member's key. The stream of the table of requests invokes that function.
 */
export class RequestedKeys implements KeyMaker {
  /** The users without a key after a request for one, and until when their requests fail at once. */
  private readonly resting = new Map<string, number>();

  constructor(private readonly options: RequestedKeysOptions) {}

  /** @throws Error when no key was made within five seconds, and at once for ten seconds after that */
  public async make(user: string, exists: () => Promise<boolean>): Promise<void> {
    const { pause = timer, now = Date.now } = this.options;
    if (now() < (this.resting.get(user) ?? 0)) throw new Error(`no key was made, seconds ago${NOTHING_STORED}`);
    if (await this.isErased(user)) throw new KeyGone(GONE);
    await this.request(user);
    for (const milliseconds of BACKOFF_MS) {
      await pause(milliseconds);
      if (await exists()) return;
    }
    if (await this.isErased(user)) throw new KeyGone(GONE);
    this.rest(user, now());
    throw new Error(`no key was made within five seconds${NOTHING_STORED}`);
  }

  private rest(user: string, now: number): void {
    for (const [other, until] of this.resting) if (until <= now) this.resting.delete(other);
    this.resting.set(user, now + REST_MS);
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

const NOTHING_STORED =
  ", so nothing was stored; see the log of the workspace's function 'KeyRequests/Make', and try again";

const timer = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
