import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DeleteItemCommand, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { BRANCH_KEY_TABLE } from '@/lib/contract/tables';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { BranchKeyCopy } from '@/lib/runtime/recovery/copy-branch-keys';
import { type DrillOptions, drill } from '@/lib/runtime/recovery/drill';
import { BranchKeyErasure } from '@/lib/runtime/workspace/keyring/branch-key-erasure';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import type { KeyStoreOptions } from '@/lib/runtime/workspace/keyring/key-store';
import { keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import type { Row } from '@/lib/runtime/workspace/store/row';
import type { LocalContent } from '@/test/runtime/workspace/conversations/support/local-content';

/** The names differ from the primary Region's where they do in AWS: a table's replica has the table's name. */
const TABLE = 'sciences';
const KEYS = 'sciences-keys-there';
const BUCKET = 'sciences-files-there';
const SOURCE = 'sciences-files';

/**
 * The recovery Region of a workspace, on its own local stores, under its own key. A test triggers the replication, which covers what
 * AWS replicates: every change of a row, new objects and delete markers, but never the deletion of a version.
 */
export class LocalRecovery {
  public readonly region = 'eu-west-1';
  public readonly table: DrillOptions['table'];
  public readonly bucket: DrillOptions['bucket'];
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'recovery-'));
  private readonly aws: LocalAws;

  constructor(private readonly primary: LocalContent) {
    this.aws = new LocalAws({
      file: path.join(this.folder, 'recovery.sqlite'),
      region: this.region,
      tables: [
        { name: TABLE, partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
        { name: KEYS, ...BRANCH_KEY_TABLE },
      ],
      buckets: [BUCKET],
      now: () => new Date(primary.time),
      wrap: (service, name) => primary.faults.wrap(service, name),
    });
    this.table = { client: this.aws.dynamodb(), name: TABLE };
    this.bucket = { client: this.aws.s3(), name: BUCKET };
  }

  /** A keyring of another process in the recovery Region, with only that Region's key store and key. */
  public keyring(): BranchKeyring {
    return new BranchKeyring(this.keyStore());
  }

  /** The recovery Region's stores for the steps of an erasure. */
  public stores() {
    const { table, bucket } = this;
    return { table, bucket, keyring: this.keyring(), keys: new BranchKeyErasure(this.keyStore()) };
  }

  public copyKeys(until?: number) {
    return new BranchKeyCopy(this.primary.keyStore(), this.keyStore()).sweep(until);
  }

  public drill(options: Partial<DrillOptions> = {}) {
    return drill({ table: this.table, bucket: this.bucket, keyring: this.keyring(), rows: 100, ...options });
  }

  /** Every row of a table there, as in a backup. */
  public async backup(table: 'content' | 'keys'): Promise<Row[]> {
    const rows: Row[] = [];
    const client = this.aws.dynamodb();
    const TableName = table === 'content' ? TABLE : KEYS;
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) rows.push(...Items);
    return rows;
  }

  /** Restores the rows of a backup. */
  public async restore(table: 'content' | 'keys', rows: readonly Row[]): Promise<void> {
    const TableName = table === 'content' ? TABLE : KEYS;
    const client = this.aws.dynamodb();
    for (const Item of rows) await client.send(new PutItemCommand({ TableName, Item }));
  }

  /** Every object version there, with its content; a delete marker has none. */
  public async versions(Prefix = ''): Promise<{ Key: string; VersionId: string; body?: Uint8Array }[]> {
    const found: { Key: string; VersionId: string; body?: Uint8Array }[] = [];
    const client = this.aws.s3();
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix }),
    );
    for (const { Key = '', VersionId = '' } of Versions) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key, VersionId }));
      found.push({ Key, VersionId, body: await Body?.transformToByteArray() });
    }
    for (const { Key = '', VersionId = '' } of DeleteMarkers) found.push({ Key, VersionId });
    return found;
  }

  /** The replication of DynamoDB and S3. */
  public async replicate(): Promise<void> {
    await this.replicateRows();
    await this.replicateObjects();
  }

  private async replicateRows(): Promise<void> {
    const name = ({ pk, sk }: Row) => JSON.stringify([pk?.S, sk?.S]);
    const byName = (rows: readonly Row[]) => new Map(rows.map((row) => [name(row), row]));
    const [wanted, there] = [byName(await this.primary.backup('sciences')), byName(await this.backup('content'))];
    // An up-to-date copy needs no replication.
    const isThere = ([key, row]: [string, Row]) => isDeepStrictEqual(there.get(key), row);
    await this.restore(
      'content',
      [...wanted].filter((entry) => !isThere(entry)).map(([, row]) => row),
    );
    const client = this.aws.dynamodb();
    for (const [key, { pk, sk }] of there) {
      const Key = { pk, sk } as Row;
      if (!wanted.has(key)) await client.send(new DeleteItemCommand({ TableName: TABLE, Key }));
    }
  }

  private async replicateObjects(): Promise<void> {
    const [from, to] = [this.primary.s3, this.aws.s3()];
    const keysOf = async (client: typeof to, Bucket: string) => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'content/' }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    };
    const [wanted, there] = [await keysOf(from, SOURCE), await keysOf(to, BUCKET)];
    for (const Key of wanted.filter((key) => !there.includes(key))) {
      const { Body } = await from.send(new GetObjectCommand({ Bucket: SOURCE, Key }));
      const bytes = await Body?.transformToByteArray();
      await to.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: bytes, ContentLength: bytes?.length }));
    }
    for (const Key of there.filter((key) => !wanted.includes(key))) {
      await to.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
    }
  }

  private keyStore(): KeyStoreOptions {
    return {
      workspace: 'sciences',
      table: { client: keyStoreClient(this.aws.dynamodb()), name: KEYS },
      key: { client: this.aws.kms(), arn: this.aws.keyArn('sciences') },
      now: () => this.primary.time,
    };
  }

  public close(): void {
    this.aws.close();
    rmSync(this.folder, { recursive: true });
  }
}
