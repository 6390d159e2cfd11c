import { createHash } from 'node:crypto';
import { EXPIRY_TAG } from '@/lib/contract/expiry-tag';
import { CONTENT_PREFIX, EXPORTS_PREFIX } from '@/lib/contract/objects';
import { EXPORT_OBJECT_DAYS } from '@/lib/contract/rights';
import { BRANCH_KEY_TABLE, EXPIRES_AT, PARTITION_KEY, SORT_KEY } from '@/lib/contract/tables';
import { LocalDynamoDb } from '@/lib/local/aws/dynamodb/local-dynamodb';
import { RequestTokens } from '@/lib/local/aws/dynamodb/request-tokens';
import { LocalKms } from '@/lib/local/aws/kms/local-kms';
import { LocalS3 } from '@/lib/local/aws/s3/local-s3';
import { type Bindable, ContentDatabase, type Row } from '@/lib/local/aws/shared/content-database';
import { LocalRequestHandler, type LocalService } from '@/lib/local/aws/shared/request-handler';
import { dynamodbClient } from '@/lib/runtime/aws/dynamodb-client';
import { kmsClient } from '@/lib/runtime/aws/kms-client';
import { s3Client } from '@/lib/runtime/aws/s3-client';
import type { Random } from '../engine/random';
import type { Process } from './process';
import { RecordedRows } from './recorded-rows';
import { Replica } from './replica';

export const TABLE = 'content';
export const KEYS = 'keys';
export const PEOPLE = 'people';
export const USAGE = 'usage';
export const LINKS = 'record-links';
export const QUEUE = 'jobs';
export const BUCKET = 'files';
export const EVIDENCE = 'evidence';

const DAY_MS = 86_400_000;
const REGION = 'eu-central-1';
const NOWHERE = 'https://store.invalid';
const NOWHERE_AT_ALL = 'https://127.0.0.1';
const CREDENTIALS = { accessKeyId: 'LOCAL', secretAccessKey: 'local' };

const keyed = { partitionKey: PARTITION_KEY, sortKey: SORT_KEY, timeToLive: EXPIRES_AT };

/** All stores of a workspace, in memory. */
export class Stores {
  private readonly database = ContentDatabase.open(':memory:');
  private readonly rows = new RecordedRows(this.database);
  private readonly kms = new LocalKms(this.database, () => new Date());
  private readonly tables = new LocalDynamoDb(
    this.rows,
    [
      { name: TABLE, ...keyed },
      { name: KEYS, ...BRANCH_KEY_TABLE },
      { name: PEOPLE, ...keyed },
      { name: USAGE, ...keyed },
      { name: LINKS, ...keyed },
      { name: QUEUE, ...keyed },
    ],
    new RequestTokens(this.database, () => new Date()),
  );
  private readonly buckets = new LocalS3(this.database, [BUCKET, EVIDENCE], () => new Date());

  private readonly replica: Replica;

  public readonly keyArn = this.kms.keyArn(REGION, 'workspace');

  /** @param random decides which reads are behind */
  constructor(random: Random) {
    this.replica = new Replica(this.tables, this.rows, random);
  }

  /** A client of the tables, which a process may use for everything but the key store. */
  public dynamodb(process: Process) {
    return unsigned(dynamodbClient(REGION, NOWHERE, CREDENTIALS, handler(process, this.replica, 'dynamodb')));
  }

  public kmsOf(process: Process) {
    return unsigned(kmsClient(REGION, NOWHERE, CREDENTIALS, handler(process, this.kms, 'kms')));
  }

  public s3(process: Process) {
    return unsigned(s3Client(REGION, NOWHERE_AT_ALL, CREDENTIALS, handler(process, this.buckets, 's3')));
  }

  /** Reads the stores themselves, without a call. */
  public read(sql: string, ...values: Bindable[]): readonly Row[] {
    return this.database.all(sql, ...values);
  }

  /** Deletes expired rows, which DynamoDB does at some time after they expire. */
  public forgetExpired(): void {
    this.rows.forgetExpired(new Date());
  }

  /** Deletes what the bucket's lifecycle rules do: objects with the tag whose retention period is over, and what is left of exports. */
  public expireObjects(days: number): void {
    const before = Date.now() - days * DAY_MS;
    this.database.run(
      'DELETE FROM object WHERE bucket = ? AND substr(key, 1, 8) = ? AND created < ?',
      BUCKET,
      EXPORTS_PREFIX,
      Date.now() - EXPORT_OBJECT_DAYS * DAY_MS,
    );
    const tag = `${EXPIRY_TAG.key}=${EXPIRY_TAG.value}`;
    this.database.run(
      'DELETE FROM object WHERE bucket = ? AND substr(key, 1, 8) = ? AND created < ? AND instr(headers, ?) > 0',
      BUCKET,
      CONTENT_PREFIX,
      before,
      tag,
    );
  }

  /** A digest of everything that is stored. */
  public digest(): string {
    const hash = createHash('sha256');
    for (const sql of EVERYTHING) for (const row of this.read(sql)) hash.update(textOf(row));
    return hash.digest('hex');
  }

  public close(): void {
    this.database.close();
  }
}

const EVERYTHING = [
  'SELECT * FROM item ORDER BY tbl, pk, sk',
  'SELECT * FROM object ORDER BY nth',
  'SELECT * FROM kms_key ORDER BY arn',
  'SELECT * FROM request_token ORDER BY token',
];

const textOf = (row: Row): string =>
  JSON.stringify(row, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value));

const UNNEEDED = ['httpSigningMiddleware', 'loggerMiddleware', 'getUserAgentMiddleware'];

/** The stores in this process check no signature, and nothing is logged: both take much of a call's time. */
function unsigned<C extends { readonly middlewareStack: { remove(name: string): boolean } }>(client: C): C {
  for (const name of UNNEEDED) client.middlewareStack.remove(name);
  return client;
}

const handler = (process: Process, service: LocalService, name: string) =>
  new LocalRequestHandler(process.reach(service, name));
