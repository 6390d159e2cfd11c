import assert from 'node:assert/strict';
import { CancelKeyDeletionCommand, DescribeKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { send } from '../api-gateway/client';
import { asAdministrator } from '../harness/administrator';
import { arnOfKey } from '../read-back/arn';
import { type Context, FOUNDATION, WORKSPACE } from '../read-back/context';
import { Administrator } from './administrator';
import type { DeployedApis } from './deployed-apis';
import { endWaits, resumeStalledJobs, startExecution } from './job-waits';
import type { StoredConversation } from './retention';
import { certificates } from './rights';
import { type BaseUrls, workspaceOf } from './tenants';

/** An administrator's command closes the workspace until its key is deleted; then the deletion is cancelled, as in docs/WORKSPACES.md. */
export async function closure(
  context: Context,
  apis: DeployedApis,
  conversation: StoredConversation,
  baseUrls: BaseUrls,
): Promise<void> {
  const { report, aws, deployed } = context;
  const { apiGateway, tokens } = apis;
  const { baseUrl, functionName } = workspaceOf(context, apis, baseUrls);
  const administrator = new Administrator(baseUrl, tokens.admin, apiGateway);
  const KeyId = arnOfKey(deployed, `${WORKSPACE}/Key`);
  const Evidence = deployed.one('AWS::S3::Bucket', `${FOUNDATION}/Evidence`).physicalId;
  const keyState = async () => (await aws.kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState;
  /** Ends a job's wait, and resumes the job. */
  const skipWait = async (id: string) => {
    await endWaits(context, [id]);
    await startExecution(context, id);
  };

  await report.check("closure: another workspace's id is refused", async () => {
    await assert.rejects(administrator.run('close', '--workspace', 'science'), /'workspace' must be the id/);
  });
  const { id } = await report.require(
    "closure: an administrator starts it, with every member's last export",
    async () => {
      const started = await administrator.run('close', '--workspace', 'sciences', '--days', '7');
      return administrator.until(started.id, 'exporting');
    },
    (job) => job.id,
  );
  await report.check(
    'closure: the hourly function completes the last exports, and only their members can open them',
    async () => {
      const preparing = (await administrator.jobs('export')).filter(({ state }) => state === 'preparing');
      assert.ok(preparing.length > 0, 'no last export');
      await endWaits(
        context,
        preparing.map((job) => job.id),
      );
      await resumeStalledJobs(context);
      for (const job of preparing) await administrator.until(job.id, 'ready');
      const listed = await send(new URL(`${baseUrl}/exports`), {}, apiGateway.port, { apiKey: tokens.colleague });
      const { data } = (await listed.json()) as { data: { id: string }[] };
      const last = preparing.filter((job) => data.some((one) => one.id === job.id));
      assert.equal(last.length, 1, 'the member has exactly one of them');
      const archive = await send(new URL(`${baseUrl}/exports/${last[0]?.id}`), {}, apiGateway.port, {
        apiKey: tokens.colleague,
      });
      assert.match(await archive.text(), /Zitronenfalter/);
      return `${preparing.length}`;
    },
  );
  await report.check('closure: the key stays enabled while the exports can be fetched', async () => {
    await skipWait(id);
    const { counts } = await administrator.until(id, 'fetchable');
    assert.equal(await keyState(), 'Enabled');
    await conversation.requireReadable(baseUrls);
    return JSON.stringify(counts);
  });
  await report.check('closure: a week later the workspace deleter has scheduled the deletion of the key', async () => {
    await skipWait(id);
    const { key_deleted_at = '' } = await administrator.until(id, 'closed');
    assert.equal(await keyState(), 'PendingDeletion');
    const days = (Date.parse(key_deleted_at) - Date.now()) / 86_400_000;
    assert.ok(days > 6.9 && days < 7.1, `${days} days`);
    return key_deleted_at;
  });
  await report.check('closure: certificates of the closure and of the key deletion exist', async () => {
    const texts = await Promise.all(
      (await certificates(context, Evidence))
        .filter((Key) => Key.includes('/close_'))
        .map(async (Key) => {
          const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: Evidence, Key }));
          return JSON.parse((await Body?.transformToString()) ?? '');
        }),
    );
    assert.deepEqual(texts.map(({ certificate }) => certificate).sort(), [
      'closing of a workspace',
      "end of a workspace's keys",
    ]);
    for (const { closing, keys } of texts) assert.deepEqual([closing, keys], [id, [KeyId]]);
  });
  await report.check('closure: a new process can read nothing', async () => {
    await apiGateway.restart(functionName);
    await assert.rejects(
      conversation.requireReadable(baseUrls),
      ({ status }: Error & { status: number }) => status >= 500,
    );
  });
  await report.check(
    'closure: everything is available again if the key deletion is cancelled within the week',
    async () => {
      await asAdministrator(aws, async ({ kms }) => {
        await kms.send(new CancelKeyDeletionCommand({ KeyId }));
        await kms.send(new EnableKeyCommand({ KeyId }));
      });
      await apiGateway.restart(functionName);
      await conversation.requireReadable(baseUrls);
    },
  );
}
