import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutItemCommand, paginateQuery, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectTaggingCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import OpenAI from 'openai';
import { BRANCH_KEY_TABLE } from '@/lib/contract/tables';
import { LocalAws } from '@/lib/local/aws/local-aws';
import { echoUpstream } from '@/lib/local/echo/echo';
import { Converter, type ConverterOptions } from '@/lib/runtime/conversion/converter';
import { EXISTING_KEYS } from '@/lib/runtime/conversion/existing-keys';
import { parseFile } from '@/lib/runtime/conversion/parser/parse-file';
import { createGateway } from '@/lib/runtime/gateway/app';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import { admitPolicy } from '@/lib/runtime/gateway/policy/admitted-policy';
import { parsePolicy } from '@/lib/runtime/gateway/policy/policy';
import type { RecordingOptions } from '@/lib/runtime/http/handler/recording';
import type { FetchHandler } from '@/lib/runtime/http/handler/request-env';
import type { Actor } from '@/lib/runtime/rights/jobs/step-actors';
import type { RightsParts } from '@/lib/runtime/rights/steps/parts';
import { WorkspaceKeyDeletion } from '@/lib/runtime/rights/steps/workspace-key-deletion';
import { DynamoDbMemberLinks } from '@/lib/runtime/rights/store/member-links';
import { JobQueue } from '@/lib/runtime/workspace/background/queue';
import { storedContent } from '@/lib/runtime/workspace/content';
import type { ContentOptions } from '@/lib/runtime/workspace/content-options';
import { BranchKeyErasure } from '@/lib/runtime/workspace/keyring/branch-key-erasure';
import { BranchKeyring } from '@/lib/runtime/workspace/keyring/branch-keyring';
import type { KeyStoreOptions } from '@/lib/runtime/workspace/keyring/key-store';
import { keyStoreClient } from '@/lib/runtime/workspace/keyring/key-store-client';
import type { Keyring } from '@/lib/runtime/workspace/keyring/keyring';
import { RecordLinks } from '@/lib/runtime/workspace/record-links';
import { partitionOf } from '@/lib/runtime/workspace/store/keys';
import type { Row } from '@/lib/runtime/workspace/store/row';
import { ContentTable } from '@/lib/runtime/workspace/store/table';
import { WORKSPACE } from '@/test/runtime/gateway/support/policies';
import { AT_ONCE, NO_CHANGES, type RightsOptions, RightsProcess } from '@/test/runtime/rights/support/rights-process';
import { StoreFaults } from '@/test/support/store-faults';

jest.setTimeout(60_000);

const TABLE = 'sciences';
const KEYS = 'sciences-keys';
const LINKS = 'sciences-record-links';
const KEY_REQUESTS = 'sciences-key-requests';
export const CONVERSIONS = 'sciences-conversions';
const JOB_QUEUE = 'sciences-job-queue';
const BUCKET = 'sciences-files';

/** A workspace's gateway on local stores, with their calls, and with a clock and faults that the test controls. */
export class LocalContent {
  public readonly faults = new StoreFaults();
  public time = Date.UTC(2026, 10, 27);
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'content-'));
  private isAside = false;
  private readonly aws = new LocalAws({
    file: path.join(this.folder, 'content.sqlite'),
    region: 'eu-central-1',
    tables: [
      { name: TABLE, partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
      { name: KEYS, ...BRANCH_KEY_TABLE },
      { name: LINKS, partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
      { name: KEY_REQUESTS, partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
      { name: CONVERSIONS, partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
      { name: JOB_QUEUE, partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' },
    ],
    buckets: [BUCKET, 'evidence'],
    now: () => new Date(this.time),
    wrap: (service, name) => (this.isAside ? service : this.faults.wrap(service, name)),
  });
  public readonly keyring = new CountingKeyring(this.newKeyring());
  /** The groups in the token of each member. */
  public readonly groups = new Map<string, readonly string[]>();
  /** The number of days on which each member used tokens. */
  public readonly used = new Map<string, number>();
  private readonly counts: RightsParts['counts'] = {
    days: async (member) =>
      Array.from({ length: this.used.get(member) ?? 0 }, (_, at) => ({ day: `2026-11-2${9 - at}`, tokens: 10 })),
    months: async () => [],
    erase: async (member) => {
      const days = this.used.get(member) ?? 0;
      this.used.delete(member);
      return days;
    },
  };

  /** A keyring of another process, without cached keys. */
  public newKeyring(): BranchKeyring {
    return new BranchKeyring(this.keyStore());
  }

  /** The rights of users in another process. With an actor, it runs only that actor's steps. */
  public rights(options: Partial<RightsOptions> = {}, actor?: Actor): RightsProcess {
    const parts: RightsOptions = {
      workspace: 'sciences',
      table: { client: this.aws.dynamodb(), name: TABLE },
      bucket: { client: this.aws.s3(), name: BUCKET },
      evidence: { client: this.aws.s3(), name: 'evidence' },
      keyring: this.newKeyring(),
      keys: new BranchKeyErasure(this.keyStore()),
      counts: this.counts,
      links: new DynamoDbMemberLinks({ client: this.aws.dynamodb(), name: LINKS }, this.now),
      keyDeletion: this.keyDeletion(),
      rules: AT_ONCE,
      roles: NO_CHANGES,
      now: this.now,
      ...options,
    };
    return new RightsProcess(parts, actor);
  }

  /** Links the record of a request to a user, as the gateway does. */
  public async linkRecord(member: string, id: string = randomUUID()): Promise<void> {
    const links = new RecordLinks({ client: this.aside(() => this.aws.dynamodb()), name: LINKS }, 30);
    links.link({ id, member, time: this.now() });
    await links.settled();
  }

  /** The table of content, as jobs use it. */
  public contentTable(): ContentTable {
    return new ContentTable(
      this.aside(() => this.aws.dynamodb()),
      TABLE,
      this.now,
    );
  }

  /** A client of the buckets whose calls are neither counted nor failed. */
  public get s3(): S3Client {
    return this.aside(() => this.aws.s3());
  }

  /** The queue of jobs of another process. */
  public queue(): JobQueue {
    return new JobQueue({ client: this.aws.dynamodb(), name: JOB_QUEUE }, this.now);
  }

  /** Every row of a table, as in a backup. */
  public async backup(
    table: 'sciences' | 'sciences-keys' | 'sciences-record-links' | 'sciences-job-queue' | typeof CONVERSIONS,
  ): Promise<Row[]> {
    const rows: Row[] = [];
    const client = this.aside(() => this.aws.dynamodb());
    for await (const { Items = [] } of paginateScan({ client }, { TableName: table })) rows.push(...Items);
    return rows;
  }

  /** Restores the rows of a backup. */
  public async restore(TableName: 'sciences' | 'sciences-keys', rows: readonly Row[]): Promise<void> {
    const client = this.aside(() => this.aws.dynamodb());
    for (const Item of rows) await client.send(new PutItemCommand({ TableName, Item }));
  }

  /** The deletion of the workspace's key, or of several owners' keys. */
  public keyDeletion(...owners: string[]): WorkspaceKeyDeletion {
    const names = owners.length === 0 ? ['sciences'] : owners;
    return new WorkspaceKeyDeletion(names.map((name) => ({ client: this.aws.kms(), arn: this.aws.keyArn(name) })));
  }

  public keyStore(): KeyStoreOptions {
    return {
      workspace: 'sciences',
      table: { client: keyStoreClient(this.aws.dynamodb()), name: KEYS },
      key: { client: this.aws.kms(), arn: this.aws.keyArn('sciences') },
      now: () => this.time,
    };
  }

  /** Where keys are requested in a deployment. */
  public keyRequests() {
    return { workspace: 'sciences', client: this.aws.dynamodb(), requests: KEY_REQUESTS, branchKeys: KEYS };
  }

  /** What converts files, in another process. The parser runs in this one. */
  public converter(options: Partial<ConverterOptions> = {}): Converter {
    return new Converter({
      requests: { client: this.aws.dynamodb(), name: CONVERSIONS },
      bucket: { client: this.aws.s3(), name: BUCKET },
      keyring: new BranchKeyring(this.keyStore(), EXISTING_KEYS),
      parse: (content) => parseFile(Buffer.from(content)),
      now: this.now,
      ...options,
    });
  }

  /** Clients of the stores of another process. */
  public stores() {
    return {
      table: { client: this.aws.dynamodb(), name: TABLE },
      bucket: { client: this.aws.s3(), name: BUCKET },
    };
  }

  /** A gateway of another process, without caches. */
  public gateway(
    options: Partial<ContentOptions> = {},
    upstream: Upstream = echoUpstream,
    record: RecordingOptions['record'] = () => {},
  ): FetchHandler {
    return createGateway({
      policy: admitPolicy(parsePolicy(JSON.stringify(WORKSPACE))),
      upstream,
      content: storedContent({
        ...this.stores(),
        keyring: this.keyring,
        now: this.now,
        ...options,
      }),
      middleware: [
        async (c, next) => {
          const [, id = ''] = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '') ?? [];
          c.set('member', { id, role: 'member', groups: this.groups.get(id) });
          await next();
        },
      ],
      record,
      now: this.now,
      resilience: { retryDelayMs: 1 },
    });
  }

  /** OpenAI's client of a member. */
  public openai(member = 'ada', gateway = this.gateway()): OpenAI {
    const fetch = async (url: string | URL | Request, init?: RequestInit) =>
      gateway.fetch(new Request(url as string, init));
    return new OpenAI({ apiKey: member, baseURL: 'https://gateway.test/v1', maxRetries: 0, fetch });
  }

  /** Every row of a member. */
  public async rows(member = 'ada'): Promise<Row[]> {
    const rows: Row[] = [];
    const query = {
      TableName: TABLE,
      KeyConditionExpression: '#pk = :pk',
      ExpressionAttributeNames: { '#pk': 'pk' },
      ExpressionAttributeValues: { ':pk': { S: partitionOf(member) } },
    };
    for await (const { Items = [] } of paginateQuery({ client: this.aside(() => this.aws.dynamodb()) }, query))
      rows.push(...Items);
    return rows;
  }

  /** A conversation into which a principal with write access to the table has copied the items of another conversation of the same member. */
  public async withMovedRow(member: string, from: string) {
    const openai = this.openai(member);
    const { id: moved } = await openai.conversations.create({ items: [{ role: 'user', content: 'x' }] });
    const found = (await this.rows(member)).find(({ sk }) => sk?.S?.startsWith(`segment#${from}`));
    const Item = { ...found, sk: { S: `${found?.sk?.S?.replace(from, moved)}` } };
    await this.aside(() => this.aws.dynamodb()).send(new PutItemCommand({ TableName: TABLE, Item }));
    return { openai, moved };
  }

  /** The number of objects in the bucket. */
  public async objects(): Promise<number> {
    const { KeyCount = 0 } = await this.aside(() => this.aws.s3()).send(new ListObjectsV2Command({ Bucket: BUCKET }));
    return KeyCount;
  }

  /** The tags of each content object, by member. */
  public async tags(): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    const { Contents = [] } = await this.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'content/' }));
    for (const { Key = '' } of Contents) {
      const { TagSet = [] } = await this.s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key }));
      const [, member = ''] = Key.split('/');
      found[member] = [...(found[member] ?? []), TagSet.map(({ Key, Value }) => `${Key}=${Value}`).join()];
    }
    return found;
  }

  /** All bytes on the disk, as text. */
  public bytes(): string {
    const files = readdirSync(this.folder, { withFileTypes: true }).filter((file) => file.isFile());
    const contents = files.map(({ name }) => readFileSync(path.join(this.folder, name)));
    return Buffer.concat(contents).toString('latin1');
  }

  public close(): void {
    this.aws.close();
    rmSync(this.folder, { recursive: true });
  }

  private readonly now = () => new Date(this.time);

  /** A client whose calls are neither counted nor failed. */
  private aside<T>(make: () => T): T {
    this.isAside = true;
    const made = make();
    this.isAside = false;
    return made;
  }
}

/** A keyring that counts its calls. */
class CountingKeyring implements Keyring {
  public encrypted = 0;
  public decrypted = 0;

  constructor(private readonly keyring: Keyring) {}

  public ensureKey(user: string): Promise<void> {
    return this.keyring.ensureKey(user);
  }

  public encrypt(user: string, plaintext: Uint8Array): Promise<Uint8Array> {
    this.encrypted++;
    return this.keyring.encrypt(user, plaintext);
  }

  public decrypt(user: string, message: Uint8Array): Promise<Uint8Array> {
    this.decrypted++;
    return this.keyring.decrypt(user, message);
  }
}
