import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type AttributeValue, DeleteItemCommand, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { BranchKeyErasure } from '@/lib/runtime/workspace/keyring/branch-key-erasure';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import type { KeyStoreOptions } from '@/lib/runtime/workspace/keyring/key-store';
import { keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import { StoreFaults } from '@/test/support/store-faults';

type Row = Record<string, AttributeValue>;

const workspaces = ['sciences', 'letters'];

/** Keyrings on local stores, with a clock and faults that the test controls. */
export class LocalKeyrings {
  public readonly faults = new StoreFaults();
  public time = Date.UTC(2026, 10, 27);
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'keyring-'));
  private isAside = false;
  private aws = this.start();

  /** A keyring of another process, without caches. */
  public keyring(workspace = 'sciences'): BranchKeyring {
    return new BranchKeyring(this.options(workspace));
  }

  public erasure(workspace = 'sciences'): BranchKeyErasure {
    return new BranchKeyErasure(this.options(workspace));
  }

  /** Simulates the end of the process. */
  public restart(): void {
    this.aws.close();
    this.aws = this.start();
  }

  public close(): void {
    this.aws.close();
    rmSync(this.folder, { recursive: true });
  }

  /** Every row of a table, as in a backup. */
  public async rows(table: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const { Items = [] } of paginateScan({ client: this.plain }, { TableName: table })) rows.push(...Items);
    return rows;
  }

  /** Copies the rows of a table into another table, like a restored backup or a mistake. */
  public async copyRows(from: string, to: string, change: (row: Row) => Row): Promise<void> {
    for (const row of await this.rows(from)) await this.put(to, change(row));
  }

  public async fill(table: string, count: number, make: (nth: number) => Row): Promise<void> {
    for (let nth = 0; nth < count; nth++) await this.put(table, make(nth));
  }

  public async deleteRow(TableName: string, Key: Row): Promise<void> {
    await this.plain.send(new DeleteItemCommand({ TableName, Key }));
  }

  /** A client whose calls are neither counted nor failed. */
  private get plain() {
    this.isAside = true;
    const client = this.aws.dynamodb();
    this.isAside = false;
    return client;
  }

  private async put(TableName: string, Item: Row): Promise<void> {
    await this.plain.send(new PutItemCommand({ TableName, Item }));
  }

  /** A client of a process that isn't a key store's. */
  public client() {
    return this.aws.dynamodb();
  }

  public options(workspace = 'sciences'): KeyStoreOptions {
    return {
      workspace,
      table: { client: keyStoreClient(this.aws.dynamodb()), name: `${workspace}-keys` },
      key: { client: this.aws.kms(), arn: this.aws.keyArn(workspace) },
      now: () => this.time,
    };
  }

  private start(): LocalAws {
    return new LocalAws({
      file: path.join(this.folder, 'content.sqlite'),
      region: 'eu-central-1',
      tables: workspaces.flatMap((workspace) => [
        { name: `${workspace}-keys`, partitionKey: 'branch-key-id', sortKey: 'type' },
        { name: `${workspace}-key-requests`, partitionKey: 'pk', sortKey: 'sk' },
      ]),
      wrap: (service, name) => (this.isAside ? service : this.faults.wrap(service, name)),
    });
  }
}
