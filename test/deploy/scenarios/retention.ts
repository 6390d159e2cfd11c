import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { GetObjectTaggingCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { openai } from '../api-gateway/client';
import { type Context, WORKSPACE } from '../read-back/context';
import { Administrator } from './administrator';
import type { DeployedApis } from './deployed-apis';
import { endWaits, resumeStalledJobs } from './job-waits';
import { subOf } from './members';
import { type BaseUrls, type Tenant, workspaceOf } from './tenants';

/** More than fits in a row, so that there is also an object. */
const LONG = 'Zitronenfalter '.repeat(30_000);

const DEADLINE_MS = 30_000;

/** A member's conversation from before a change of the retention period, in rows and objects. */
export class StoredConversation {
  private readonly user: string;
  private conversation = '';

  constructor(
    private readonly context: Context,
    private readonly apis: DeployedApis,
  ) {
    this.user = subOf(apis.tokens.colleague);
  }

  public async store(baseUrls: BaseUrls): Promise<void> {
    const client = this.client(workspaceOf(this.context, this.apis, baseUrls));
    const { id } = await client.conversations.create({ items: [{ type: 'message', role: 'user', content: LONG }] });
    this.conversation = id;
    assert.deepEqual(await this.days(), [365]);
  }

  /** The deployment of another period changes the expiry of all stored content, except content on hold. */
  public async checkPeriod(days: number, baseUrls: BaseUrls): Promise<void> {
    const { report } = this.context;
    const tenant = workspaceOf(this.context, this.apis, baseUrls);
    const administrator = new Administrator(tenant.baseUrl, this.apis.tokens.admin, this.apis.apiGateway);
    const applied = await report.require(
      `retention: a job that the deployment started makes earlier content expire after ${days} days too`,
      async () => {
        const job = (await administrator.jobs('retain')).filter(({ user }) => user === null).at(-1);
        await this.until([days]);
        return job?.id ?? '';
      },
      (id) => id,
    );
    await report.check(
      'retention: the job runs again after earlier requests have ended, and then finishes',
      async () => {
        assert.equal((await administrator.run('status', applied)).state, 'applying');
        await endWaits(this.context, [applied]);
        await resumeStalledJobs(this.context);
        const { counts } = await administrator.until(applied, 'applied');
        return JSON.stringify(counts);
      },
    );
    await report.check("hold: the member's content doesn't expire and can't be deleted", async () => {
      assert.deepEqual(await this.expiring(), [true]);
      const hold = await administrator.run('hold', '--user', this.user, '--reason', 'case 7');
      await this.until([]);
      assert.deepEqual(await this.expiring(), [false]);
      const { conversations } = this.client(tenant);
      await assert.rejects(conversations.delete(this.conversation), (error: Error & { code: string }) => {
        assert.equal(error.code, 'legal_hold');
        return true;
      });
      await assert.rejects(administrator.run('close', '--workspace', 'sciences'), /hold/);
      await administrator.run('release', hold.id);
      await this.until([days]);
      assert.deepEqual(await this.expiring(), [true]);
    });
  }

  /** Requires the conversation to be readable with its member's token. */
  public async requireReadable(baseUrls: BaseUrls): Promise<void> {
    const { items } = this.client(workspaceOf(this.context, this.apis, baseUrls)).conversations;
    const [item] = (await items.list(this.conversation)).data;
    assert.ok(item?.type === 'message' && JSON.stringify(item.content).includes(LONG));
  }

  private client = ({ baseUrl }: Tenant) =>
    openai(baseUrl, this.apis.apiGateway.port, { apiKey: this.apis.tokens.colleague });

  /** The numbers of days after which the conversation's rows expire; empty if none expires. */
  private async days(): Promise<number[]> {
    const { aws, deployed } = this.context;
    const query = {
      TableName: deployed.one('AWS::DynamoDB::GlobalTable', `${WORKSPACE}/Conversations`).physicalId,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: `user#${this.user}` } },
    };
    const days = new Set<number>();
    for await (const { Items = [] } of paginateQuery({ client: aws.dynamodb }, query)) {
      for (const { sk, expiresAt } of Items) {
        // A row that marks a write in progress expires by itself.
        if (!sk?.S?.includes(this.conversation) || expiresAt === undefined) continue;
        days.add(Math.round((Number(expiresAt.N) - Date.now() / 1_000) / 86_400));
      }
    }
    return [...days];
  }

  private async until(days: readonly number[]): Promise<void> {
    const startedAt = Date.now();
    for (;;) {
      const current = await this.days();
      if (JSON.stringify(current) === JSON.stringify(days)) return;
      assert.ok(Date.now() - startedAt < DEADLINE_MS, `its rows expire after ${current} days, not ${days}`);
      await sleep(250);
    }
  }

  /** Whether the member's objects are tagged to expire. */
  private async expiring(): Promise<boolean[]> {
    const { aws, deployed } = this.context;
    const Bucket = deployed.one('AWS::S3::Bucket', WORKSPACE).physicalId;
    const { Contents = [] } = await aws.s3.send(new ListObjectsV2Command({ Bucket, Prefix: `content/${this.user}/` }));
    const tags = await Promise.all(
      Contents.map(async ({ Key }) => (await aws.s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet ?? []),
    );
    return [
      ...new Set(tags.map((set) => set.some(({ Key, Value }) => Key === 'residency-expires' && Value === 'yes'))),
    ];
  }
}
