import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { GetObjectTaggingCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { openai } from '../front/client';
import { type Context, WORKSPACE } from '../read-back/context';
import { Administrator } from './administrator';
import { subOf } from './members';
import type { Served } from './served';
import { type BaseUrls, type Tenant, workspaceOf } from './tenants';
import { tended, timePasses } from './time-passes';

/** More than a row holds, so that there is an object too. */
const LONG = 'Zitronenfalter '.repeat(30_000);

const DEADLINE_MS = 30_000;

/** What a member keeps before the period is another, as rows and objects. */
export class Kept {
  private readonly user: string;
  private conversation = '';

  constructor(
    private readonly context: Context,
    private readonly served: Served,
  ) {
    this.user = subOf(served.tokens.colleague);
  }

  public async store(baseUrls: BaseUrls): Promise<void> {
    const client = this.client(workspaceOf(this.context, this.served, baseUrls));
    const { id } = await client.conversations.create({ items: [{ type: 'message', role: 'user', content: LONG }] });
    this.conversation = id;
    assert.deepEqual(await this.days(), [365]);
  }

  /** The deployment of another period has everything that is there end by it, what is on hold excepted. */
  public async hasPeriodOf(days: number, baseUrls: BaseUrls): Promise<void> {
    const { report } = this.context;
    const tenant = workspaceOf(this.context, this.served, baseUrls);
    const administrator = new Administrator(tenant.baseUrl, this.served.tokens.admin, this.served.front);
    const applied = await report.require(
      `retention: what was stored before ends after ${days} days too, by a job that the deployment began`,
      async () => {
        const job = (await administrator.jobs('retain')).filter(({ user }) => user === null).at(-1);
        await this.until([days]);
        return job?.id ?? '';
      },
      (id) => id,
    );
    await report.check(
      'retention: it is done again after requests of before have ended, and then is over',
      async () => {
        assert.equal((await administrator.say('status', applied)).state, 'applying');
        await timePasses(this.context, [applied]);
        await tended(this.context);
        const { counts } = await administrator.until(applied, 'applied');
        return JSON.stringify(counts);
      },
    );
    await report.check('hold: nothing of the member ends, and nothing of theirs can be deleted', async () => {
      assert.deepEqual(await this.expiring(), [true]);
      const hold = await administrator.say('hold', '--user', this.user, '--reason', 'case 7');
      await this.until([]);
      assert.deepEqual(await this.expiring(), [false]);
      const { conversations } = this.client(tenant);
      await assert.rejects(conversations.delete(this.conversation), (error: Error & { code: string }) => {
        assert.equal(error.code, 'legal_hold');
        return true;
      });
      await assert.rejects(administrator.say('close', '--workspace', 'sciences'), /hold/);
      await administrator.say('release', hold.id);
      await this.until([days]);
      assert.deepEqual(await this.expiring(), [true]);
    });
  }

  /** Whether it can be read, by whoever asks the workspace for it as its member. */
  public async isReadable(baseUrls: BaseUrls): Promise<void> {
    const { items } = this.client(workspaceOf(this.context, this.served, baseUrls)).conversations;
    const [item] = (await items.list(this.conversation)).data;
    assert.ok(item?.type === 'message' && JSON.stringify(item.content).includes(LONG));
  }

  private client = ({ baseUrl }: Tenant) =>
    openai(baseUrl, this.served.front.port, { apiKey: this.served.tokens.colleague });

  /** After how many days the rows of the member end; none where none ends. */
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
        // What says that something is being written goes by itself.
        if (!sk?.S?.includes(this.conversation) || expiresAt === undefined) continue;
        days.add(Math.round((Number(expiresAt.N) - Date.now() / 1_000) / 86_400));
      }
    }
    return [...days];
  }

  private async until(days: readonly number[]): Promise<void> {
    const begun = Date.now();
    for (;;) {
      const found = await this.days();
      if (JSON.stringify(found) === JSON.stringify(days)) return;
      assert.ok(Date.now() - begun < DEADLINE_MS, `its rows end after ${found} days, not ${days}`);
      await sleep(250);
    }
  }

  /** Whether the bucket lets the member's objects expire. */
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
