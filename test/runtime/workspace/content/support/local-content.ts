import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DynamoDBClient, PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import OpenAI from 'openai';
import { createGateway, type Gateway } from '../../../../../lib/runtime/gateway/app';
import { parsePolicy } from '../../../../../lib/runtime/gateway/policy';
import type { Upstream } from '../../../../../lib/runtime/gateway/request-context';
import { admit } from '../../../../../lib/runtime/gateway/serving';
import { ContentDatabase } from '../../../../../lib/runtime/local/aws/content-database';
import { LocalDynamoDb } from '../../../../../lib/runtime/local/aws/dynamodb/local-dynamodb';
import { Rows } from '../../../../../lib/runtime/local/aws/dynamodb/rows';
import { LocalRequestHandler } from '../../../../../lib/runtime/local/aws/request-handler';
import { echoUpstream } from '../../../../../lib/runtime/local/echo';
import { type ContentOptions, storedContent } from '../../../../../lib/runtime/workspace/content/content';
import { partitionOf } from '../../../../../lib/runtime/workspace/content/keys';
import { BucketObjects } from '../../../../../lib/runtime/workspace/content/objects';
import type { Row } from '../../../../../lib/runtime/workspace/content/row';
import type { Vault } from '../../../../../lib/runtime/workspace/vault/vault';
import { StoreFaults } from '../../../../support/store-faults';
import { WORKSPACE } from '../../../gateway/support/policies';

const TABLE = 'sciences';

/** A workspace's gateway over local stores, with what it asked of them, a clock that the test sets and faults that it chooses. */
export class LocalContent {
  public readonly faults = new StoreFaults();
  public readonly vault = new CountingVault();
  public readonly objects = new Map<string, Uint8Array>();
  public time = Date.UTC(2026, 10, 27);
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'content-'));
  private readonly database = ContentDatabase.open(path.join(this.folder, 'content.sqlite'));

  /** A gateway as another process has it: nothing in memory. */
  public gateway(options: Partial<ContentOptions> = {}, upstream: Upstream = echoUpstream): Gateway {
    return createGateway({
      serving: admit(parsePolicy(JSON.stringify(WORKSPACE))),
      upstream,
      content: storedContent({
        dynamodb: this.client(true),
        table: TABLE,
        objects: new BucketObjects(this.s3, 'sciences-files'),
        vault: this.vault,
        now: this.now,
        ...options,
      }),
      middleware: [
        async (c, next) => {
          const [, id = ''] = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '') ?? [];
          c.set('member', { id, role: 'member' });
          await next();
        },
      ],
      record: () => {},
      now: this.now,
      resilience: { retryDelayMs: 1 },
    });
  }

  /** The client of OpenAI, as a member has it. */
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
    for await (const { Items = [] } of paginateQuery({ client: this.client(false) }, query)) rows.push(...Items);
    return rows;
  }

  /** A conversation into which somebody who can write to the table has copied the items of another one of the same member. */
  public async withMovedRow(member: string, from: string) {
    const openai = this.openai(member);
    const { id: moved } = await openai.conversations.create({ items: [{ role: 'user', content: 'x' }] });
    const found = (await this.rows(member)).find(({ sk }) => sk?.S?.startsWith(`segment#${from}`));
    const Item = { ...found, sk: { S: `${found?.sk?.S?.replace(from, moved)}` } };
    await this.client(false).send(new PutItemCommand({ TableName: TABLE, Item }));
    return { openai, moved };
  }

  /** Everything that is on the disk or in the bucket, as text. */
  public bytes(): string {
    const files = readdirSync(this.folder, { withFileTypes: true }).filter((file) => file.isFile());
    const contents = files.map(({ name }) => readFileSync(path.join(this.folder, name)));
    return Buffer.concat([...contents, ...this.objects.values()]).toString('latin1');
  }

  public close(): void {
    this.database.close();
    rmSync(this.folder, { recursive: true });
  }

  private readonly now = () => new Date(this.time);

  private client(counted: boolean): DynamoDBClient {
    const rows = new Rows(this.database);
    const tables = [{ name: TABLE, partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAt' }];
    const service = new LocalDynamoDb(rows, tables);
    return new DynamoDBClient({
      region: 'eu-central-1',
      endpoint: 'https://store.invalid',
      credentials: { accessKeyId: 'LOCAL', secretAccessKey: 'local' },
      requestHandler: new LocalRequestHandler(counted ? this.faults.wrap(service, 'dynamodb') : service),
    });
  }

  private readonly s3 = {
    send: async (command: { constructor: { name: string }; input: { Key: string; Body?: Uint8Array } }) => {
      const { Key, Body } = command.input;
      this.faults.calls.push(`s3.${command.constructor.name}`);
      if (Body !== undefined) this.objects.set(Key, Body);
      else if (command.constructor.name === 'DeleteObjectCommand') this.objects.delete(Key);
      const found = this.objects.get(Key);
      return { Body: found && { transformToByteArray: async () => found } };
    },
  } as unknown as Pick<S3Client, 'send'>;
}

/** A vault of keys that are in memory, and how often it was asked. */
export class CountingVault implements Vault {
  public encrypted = 0;
  public decrypted = 0;

  public async open(): Promise<void> {}

  public async encrypt(user: string, plaintext: Uint8Array): Promise<Uint8Array> {
    this.encrypted++;
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyOf(user), iv);
    return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  public async decrypt(user: string, message: Uint8Array): Promise<Uint8Array> {
    this.decrypted++;
    const decipher = createDecipheriv('aes-256-gcm', keyOf(user), message.subarray(0, 12));
    decipher.setAuthTag(message.subarray(-16));
    return Buffer.concat([decipher.update(message.subarray(12, -16)), decipher.final()]);
  }
}

const keyOf = (user: string) => createHash('sha256').update(`key of ${user}`).digest();
