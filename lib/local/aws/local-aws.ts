import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import { dynamodbClient } from '../../runtime/aws/dynamodb-client';
import { kmsClient } from '../../runtime/aws/kms-client';
import { s3Client } from '../../runtime/aws/s3-client';
import { LocalDynamoDb } from './dynamodb/local-dynamodb';
import { RequestTokens } from './dynamodb/request-tokens';
import { Rows } from './dynamodb/rows';
import type { LocalTable } from './dynamodb/table';
import { LocalKms } from './kms/local-kms';
import { LocalS3 } from './s3/local-s3';
import { ContentDatabase } from './shared/content-database';
import { LocalRequestHandler, type LocalService } from './shared/request-handler';

/** A service, by its name in the SDK. */
export type ServiceName = 'dynamodb' | 'kms' | 's3';

/** What the local services need. */
export interface LocalAwsOptions {
  /** The SQLite file of content, created if it is missing. */
  readonly file: string;
  /** The Region that clients and keys name. */
  readonly region: string;
  readonly tables: readonly LocalTable[];
  /** @default - none */
  readonly buckets?: readonly string[];
  /**
   * Wraps the services, for tests in which calls fail.
   *
   * @default - no wrapper
   */
  readonly wrap?: (service: LocalService, name: ServiceName) => LocalService;
  /** @default - the clock */
  readonly now?: () => Date;
}

/** The services that a workspace calls, in this process: clients of the AWS SDK whose requests never leave it. */
export class LocalAws {
  private readonly database: ContentDatabase;
  private readonly keys: LocalKms;
  private readonly tables: LocalService;
  private readonly buckets: LocalService;

  /** @throws UsableError when the file can't be used */
  constructor(private readonly options: LocalAwsOptions) {
    const { file, tables, buckets = [], now = () => new Date() } = options;
    this.database = ContentDatabase.open(file);
    this.keys = new LocalKms(this.database, now);
    const rows = new Rows(this.database);
    rows.forgetExpired(now());
    this.tables = new LocalDynamoDb(rows, tables, new RequestTokens(this.database, now));
    this.buckets = new LocalS3(this.database, buckets, now);
  }

  /** A client of the tables. */
  public dynamodb(): DynamoDBClient {
    return dynamodbClient(this.options.region, NOWHERE, CREDENTIALS, this.handler(this.tables, 'dynamodb'));
  }

  /** A client of the keys. */
  public kms(): KMSClient {
    return kmsClient(this.options.region, NOWHERE, CREDENTIALS, this.handler(this.keys, 'kms'));
  }

  /** A client of the buckets. */
  public s3(): S3Client {
    return s3Client(this.options.region, NOWHERE_AT_ALL, CREDENTIALS, this.handler(this.buckets, 's3'));
  }

  /** The ARN of an owner's key, the same for as long as the file exists. */
  public keyArn(owner: string): string {
    return this.keys.keyArn(this.options.region, owner);
  }

  /** Removes everything that was deleted from the disk. */
  public purge(): void {
    this.database.purge();
  }

  public close(): void {
    this.database.close();
  }

  private handler(service: LocalService, name: ServiceName): LocalRequestHandler {
    return new LocalRequestHandler(this.options.wrap?.(service, name) ?? service);
  }
}

/** Requests are signed as usual, for a host that doesn't exist. */
const NOWHERE = 'https://store.invalid';
/** An IP address, so that the SDK writes the bucket into the path. It isn't called either. */
const NOWHERE_AT_ALL = 'https://127.0.0.1';
const CREDENTIALS = { accessKeyId: 'LOCAL', secretAccessKey: 'local' };
