import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AttributeValue, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ContentDatabase, LocalAws } from './code';
import { filesIn, readLines } from './release';

type Row = Record<string, AttributeValue>;

interface StoredObject {
  readonly key: string;
  readonly created: string;
  readonly isDeleteMarker?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface StoredKey {
  readonly arn: string;
  readonly owner: string;
  readonly material: string;
}

const TABLE = { partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' };
const KEYS = { partitionKey: 'branch-key-id', sortKey: 'type' };

/** The tables, buckets and keys of one Region as 0.1.0 left them, in local stores of today. */
export class StoredRegion {
  /** Loads them, each object at its own time. */
  public static async load(folder: string, region: string, clock: { time: number }): Promise<StoredRegion> {
    const names = (of: string) =>
      filesIn(`content/${folder}/${of}`).map((file) => ({ file, name: path.basename(file, '.jsonl') }));
    const [tables, buckets] = [names('tables'), names('buckets')];
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'release-')), 'content.sqlite');
    // KMS takes in no material of anybody's, so this part goes past the client.
    const database = ContentDatabase.open(file);
    for (const { arn, owner, material } of readLines<StoredKey>(`content/${folder}/kms-keys.jsonl`)) {
      const values = [arn, owner, Buffer.from(material, 'base64')] as const;
      database.run('INSERT INTO kms_key (arn, owner, material) VALUES (?, ?, ?)', ...values);
    }
    database.close();
    const aws = new LocalAws({
      file,
      region,
      tables: [
        ...tables.map(({ name }) => ({ name, ...(name.endsWith('-branch-keys') ? KEYS : TABLE) })),
        // Added since.
        ...tables
          .filter(({ name }) => name.endsWith('-usage'))
          .map(({ name }) => ({ name: name.replace(/-usage$/, '-record-links'), ...TABLE })),
      ],
      buckets: buckets.map(({ name }) => name),
      now: () => new Date(clock.time),
    });
    const stored = new StoredRegion(aws);
    const { time } = clock;
    for (const table of tables) await stored.putRows(table.name, readLines(table.file));
    for (const bucket of buckets) {
      for (const object of readLines<StoredObject>(bucket.file)) {
        clock.time = Date.parse(object.created);
        await stored.putObject(bucket.name, object);
      }
    }
    clock.time = time;
    return stored;
  }

  private constructor(public readonly aws: LocalAws) {}

  public table(name: string) {
    return { client: this.aws.dynamodb(), name };
  }

  public bucket(name: string) {
    return { client: this.aws.s3(), name };
  }

  public async rows(TableName: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const { Items = [] } of paginateScan({ client: this.aws.dynamodb() }, { TableName }))
      rows.push(...Items);
    return rows;
  }

  /** Each version of each object under a prefix, without delete markers. */
  public async objects(Bucket: string, Prefix: string): Promise<{ readonly key: string; readonly body: Uint8Array }[]> {
    const s3 = this.aws.s3();
    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
    return Promise.all(
      Versions.map(async ({ Key = '', VersionId }) => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
        return { key: Key, body: (await Body?.transformToByteArray()) ?? new Uint8Array() };
      }),
    );
  }

  private async putRows(TableName: string, rows: readonly object[]): Promise<void> {
    const client = this.aws.dynamodb();
    for (const row of rows) await client.send(new PutItemCommand({ TableName, Item: toRow(row) }));
  }

  private async putObject(Bucket: string, { key: Key, isDeleteMarker, headers = {}, body = '' }: StoredObject) {
    const s3 = this.aws.s3();
    if (isDeleteMarker) {
      await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      return;
    }
    const Body = Buffer.from(body, 'base64');
    const { 'content-type': ContentType, 'x-amz-tagging': Tagging } = headers;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: Body.length, ContentType, Tagging }));
  }
}

/** DynamoDB's JSON has bytes in Base64; its client has them as they are. */
const toRow = (stored: object): Row =>
  Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [
      name,
      'B' in value ? { B: Buffer.from(value.B, 'base64') } : (value as AttributeValue),
    ]),
  );
