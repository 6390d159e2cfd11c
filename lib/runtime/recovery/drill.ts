import { randomUUID } from 'node:crypto';
import { type DynamoDBClient, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { kindOf } from '../rights/partition';
import { partitionOf } from '../workspace/store/keys';
import { ContentObjects } from '../workspace/store/objects';
import { optionalNumberOf, type Row } from '../workspace/store/row';
import { ContentGone, ContentMoved, objectsOf, Seal } from '../workspace/store/seal';
import { KeyGone, UnreadableMessage, type Vault } from '../workspace/vault/vault';

/** What a drill reads. */
export interface DrillOptions {
  /** The replica of the table of content. */
  readonly table: { readonly client: Pick<DynamoDBClient, 'send'>; readonly name: string };
  /** The replica of the bucket. */
  readonly bucket: { readonly client: Pick<S3Client, 'send'>; readonly name: string };
  /** By the key store of the replica, and nothing else. */
  readonly vault: Vault;
  /** Rows to read at most. */
  readonly rows: number;
  /** @default - anywhere in the table */
  readonly start?: string;
}

/** How much of a kind was read, and of that decrypted; and why the rest wasn't. */
export interface Drilled {
  readonly read: number;
  readonly decrypted: number;
  /** The member has no key here: it isn't copied yet, or they are being erased. */
  readonly withoutKey: number;
  /** A row refers to it, and it isn't in the bucket. */
  readonly missing: number;
  /** It is something else than what was written there. */
  readonly unreadable: number;
}

/** What a drill found: counts and times, and nothing of what it read. */
export interface DrillReport {
  readonly rows: Drilled;
  readonly objects: Drilled;
  /** Whose rows they are. */
  readonly members: number;
  /** When the newest of the rows was written, in ISO 8601. */
  readonly newest?: string;
}

type Outcome = Exclude<keyof Drilled, 'read'>;

/** Rows that are asked for at once, how many pages at most, and how many of one member are read. */
const PAGE = 100;
const PAGES = 50;
const OF_A_MEMBER = 5;
const OBJECTS_OF_A_MEMBER = 2;

/** Exports are copies for seven days, whose files aren't replicated. */
const NOT_KEPT = ['export', 'exportfile'];

/**
 * Reads a sample of a replica back, as one would have to without the Region that it is a replica of: rows of the table, with the
 * objects that they refer to, and files of the same members, each decrypted by the key store that is there.
 */
export async function drill(options: DrillOptions): Promise<DrillReport> {
  const { vault, bucket } = options;
  const seal = new Seal(vault, new ContentObjects(bucket.client, bucket.name));
  const rows = await sample(options);
  const outcomes: Outcome[] = [];
  for (const { user, row } of rows) outcomes.push(await outcomeOf(() => seal.open(user, row)));
  const members = [...new Set(rows.map(({ user }) => user))];
  const objects: Outcome[] = [];
  for (const user of members) {
    for (const key of await someObjects(options, user)) {
      objects.push(await outcomeOf(async () => vault.decrypt(user, await bodyOf(options, key))));
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

/** Rows with content from somewhere in the table on, once around at most, and not too many of one member. */
async function sample({ table, rows, start = partitionOf(randomUUID()) }: DrillOptions) {
  const found: { readonly user: string; readonly row: Row }[] = [];
  const taken = new Map<string, number>();
  // Once around comes by rows that were met before.
  const met = new Set<string>();
  const first = { pk: { S: start }, sk: { S: '-' } };
  let after: ScanCommandOutput['LastEvaluatedKey'] = first;
  let isAround = false;
  for (let page = 0; page < PAGES && found.length < rows; page++) {
    const { Items = [], LastEvaluatedKey }: ScanCommandOutput = await table.client.send(
      new ScanCommand({ TableName: table.name, Limit: PAGE, ...(after && { ExclusiveStartKey: after }) }),
    );
    for (const row of Items) {
      const [, user] = /^user#(.*)$/s.exec(row.pk?.S ?? '') ?? [];
      const isContent = (row.content !== undefined || row.object !== undefined) && !NOT_KEPT.includes(kindOf(row));
      if (user === undefined || !isContent || found.length === rows || (taken.get(user) ?? 0) === OF_A_MEMBER) continue;
      const key = JSON.stringify([row.pk?.S, row.sk?.S]);
      if (met.has(key)) continue;
      met.add(key);
      taken.set(user, (taken.get(user) ?? 0) + 1);
      found.push({ user, row });
    }
    after = LastEvaluatedKey;
    if (after !== undefined) continue;
    if (isAround) break;
    isAround = true;
  }
  return found;
}

async function someObjects({ bucket }: DrillOptions, user: string): Promise<string[]> {
  const { Contents = [] } = await bucket.client.send(
    new ListObjectsV2Command({ Bucket: bucket.name, Prefix: objectsOf(user), MaxKeys: OBJECTS_OF_A_MEMBER }),
  );
  return Contents.flatMap(({ Key }) => Key ?? []);
}

async function bodyOf({ bucket }: DrillOptions, Key: string): Promise<Uint8Array> {
  const { Body } = await bucket.client.send(new GetObjectCommand({ Bucket: bucket.name, Key }));
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

/** What came of reading one thing; a service that doesn't answer is no outcome. */
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
  const of = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  return {
    read: outcomes.length,
    decrypted: of('decrypted'),
    withoutKey: of('withoutKey'),
    missing: of('missing'),
    unreadable: of('unreadable'),
  };
}
