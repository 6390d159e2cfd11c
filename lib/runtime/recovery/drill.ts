import { randomUUID } from 'node:crypto';
import { type DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { kindOf } from '../rights/store/partition';
import { KeyGone, type Keyring, UnreadableMessage } from '../workspace/keyring/keyring';
import { ContentCipher, ContentGone, ContentMoved } from '../workspace/store/content-cipher';
import { partitionOf } from '../workspace/store/keys';
import { ContentObjects, contentPrefix } from '../workspace/store/objects';
import { optionalNumberOf, type Row } from '../workspace/store/row';

/** What a drill reads. */
export interface DrillOptions {
  /** The replica of the table of content. */
  readonly table: { readonly client: Pick<DynamoDBClient, 'send'>; readonly name: string };
  /** The replica of the bucket. */
  readonly bucket: { readonly client: Pick<S3Client, 'send'>; readonly name: string };
  /** Uses the key store of the replica only. */
  readonly keyring: Keyring;
  /** The number of rows to read at most. */
  readonly rows: number;
  /** @default - a random place in the table */
  readonly start?: string;
}

/** Counts of what was read and decrypted, and of what couldn't be decrypted, by reason. */
export interface Drilled {
  readonly read: number;
  readonly decrypted: number;
  /** The member has no key in the replica: it isn't copied yet, or they are being erased. */
  readonly withoutKey: number;
  /** A row refers to an object that isn't in the bucket. */
  readonly missing: number;
  /** The content was changed or moved after it was written. */
  readonly unreadable: number;
}

/** The result of a drill: counts and times, and no content. */
export interface DrillReport {
  readonly rows: Drilled;
  readonly objects: Drilled;
  /** The number of members that the rows belong to. */
  readonly members: number;
  /** When the newest of the rows was written, in ISO 8601. */
  readonly newest?: string;
}

type Outcome = Exclude<keyof Drilled, 'read'>;

/** Rows per page, pages at most, and the numbers of rows and objects that are read of one member. */
const PAGE = 100;
const PAGES = 50;
const OF_A_MEMBER = 5;
const OBJECTS_OF_A_MEMBER = 2;

/** Exports last seven days, and their files aren't replicated. */
const NOT_REPLICATED = ['export', 'exportfile'];

/**
 * Reads a sample of a replica back, as would be necessary after the loss of the primary Region: rows of the table with the objects that
 * they refer to, and files of the same members, each decrypted with the replica's own key store.
 */
export async function drill(options: DrillOptions): Promise<DrillReport> {
  const { keyring, bucket } = options;
  const cipher = new ContentCipher(keyring, new ContentObjects(bucket.client, bucket.name));
  const rows = await sample(options);
  const outcomes: Outcome[] = [];
  for (const { user, row } of rows) outcomes.push(await outcomeOf(() => cipher.decrypt(row.key?.S ?? user, row)));
  const members = [...new Set(rows.map(({ user }) => user))];
  const objects: Outcome[] = [];
  for (const user of members) {
    for (const key of await someObjects(options, user)) {
      objects.push(await outcomeOf(async () => keyring.decrypt(user, await bodyOf(options, key))));
    }
  }
  const times = rows.flatMap(
    ({ row }) => optionalNumberOf(row, 'updatedAt') ?? optionalNumberOf(row, 'createdAt') ?? [],
  );
  return {
    rows: summed(outcomes),
    objects: summed(objects),
    members: members.length,
    ...(times.length > 0 && { newest: new Date(Math.max(...times)).toISOString() }),
  };
}

/** Rows with content, beginning at some place in the table and going round once at most, with a limit per member. */
async function sample({ table, rows, start = partitionOf(randomUUID()) }: DrillOptions) {
  const chosen: { readonly user: string; readonly row: Row }[] = [];
  const taken = new Map<string, number>();
  // Going round returns to rows that were read before.
  const seen = new Set<string>();
  const first = { pk: { S: start }, sk: { S: '-' } };
  let after: ScanCommandOutput['LastEvaluatedKey'] = first;
  let isAround = false;
  for (let page = 0; page < PAGES && chosen.length < rows; page++) {
    const { Items = [], LastEvaluatedKey }: ScanCommandOutput = await table.client.send(
      new ScanCommand({ TableName: table.name, Limit: PAGE, ...(after && { ExclusiveStartKey: after }) }),
    );
    for (const row of Items) {
      const [, user] = /^user#(.*)$/s.exec(row.pk?.S ?? '') ?? [];
      const isContent =
        (row.content !== undefined || row.object !== undefined) && !NOT_REPLICATED.includes(kindOf(row));
      if (user === undefined || !isContent || chosen.length === rows || (taken.get(user) ?? 0) === OF_A_MEMBER)
        continue;
      const key = JSON.stringify([row.pk?.S, row.sk?.S]);
      if (seen.has(key)) continue;
      seen.add(key);
      taken.set(user, (taken.get(user) ?? 0) + 1);
      chosen.push({ user, row });
    }
    after = LastEvaluatedKey;
    if (after !== undefined) continue;
    if (isAround) break;
    isAround = true;
  }
  return chosen;
}

async function someObjects({ bucket }: DrillOptions, user: string): Promise<string[]> {
  const { Contents = [] } = await bucket.client.send(
    new ListObjectsV2Command({ Bucket: bucket.name, Prefix: contentPrefix(user), MaxKeys: OBJECTS_OF_A_MEMBER }),
  );
  // Only the row of a shared file names its key, and those rows are read too.
  return Contents.flatMap(({ Key = '' }) => (Key.startsWith(`${contentPrefix(user)}shpmpt_`) ? [] : Key));
}

async function bodyOf({ bucket }: DrillOptions, Key: string): Promise<Uint8Array> {
  const { Body } = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.name, Key }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

/** The outcome of reading one thing; an unavailable service is an error instead. */
async function outcomeOf(read: () => Promise<unknown>): Promise<Outcome> {
  try {
    await read();
    return 'decrypted';
  } catch (error) {
    if (error instanceof KeyGone) return 'withoutKey';
    if (error instanceof ContentGone) return 'missing';
    if (error instanceof UnreadableMessage || error instanceof ContentMoved) return 'unreadable';
    throw error;
  }
}

function summed(outcomes: readonly Outcome[]): Drilled {
  const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
  return {
    read: outcomes.length,
    decrypted: count('decrypted'),
    withoutKey: count('withoutKey'),
    missing: count('missing'),
    unreadable: count('unreadable'),
  };
}
