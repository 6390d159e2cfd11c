import assert from 'node:assert/strict';
import { CancelKeyDeletionCommand, DescribeKeyCommand, EnableKeyCommand } from '@aws-sdk/client-kms';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { send } from '../front/client';
import { asAdministrator } from '../machine/administrator';
import { arnOfKey } from '../read-back/arn';
import { type Context, FOUNDATION, WORKSPACE } from '../read-back/context';
import { Administrator } from './administrator';
import type { Kept } from './period';
import { certificates } from './rights';
import type { Served } from './served';
import { type BaseUrls, workspaceOf } from './tenants';
import { goOn, tended, timePasses } from './time-passes';

/** The workspace is closed by an administrator's command, to the end of its key; then that is taken back, as docs/WORKSPACES.md says. */
export async function closing(context: Context, served: Served, kept: Kept, baseUrls: BaseUrls): Promise<void> {
  const { report, aws, deployed } = context;
  const { front, tokens } = served;
  const { baseUrl, functionName } = workspaceOf(context, served, baseUrls);
  const administrator = new Administrator(baseUrl, tokens.admin, front);
  const KeyId = arnOfKey(deployed, `${WORKSPACE}/Key`);
  const Evidence = deployed.one('AWS::S3::Bucket', `${FOUNDATION}/Evidence`).physicalId;
  const keyState = async () => (await aws.kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState;
  /** Lets what a job waits for be over, and it go on. */
  const later = async (id: string) => {
    await timePasses(context, [id]);
    await goOn(context, id);
  };

  await report.check('closing: another workspace’s id closes nothing', async () => {
    await assert.rejects(administrator.say('close', '--workspace', 'science'), /'workspace' must be the id/);
  });
  const { id } = await report.require(
    'closing: an administrator begins it, and everybody’s last export',
    async () => {
      const begun = await administrator.say('close', '--workspace', 'sciences', '--days', '7');
      return administrator.until(begun.id, 'exporting');
    },
    (job) => job.id,
  );
  await report.check('closing: the last exports are made by the hour, and their members alone open them', async () => {
    const preparing = (await administrator.jobs('export')).filter(({ state }) => state === 'preparing');
    assert.ok(preparing.length > 0, 'no last export');
    await timePasses(
      context,
      preparing.map((job) => job.id),
    );
    await tended(context);
    for (const job of preparing) await administrator.until(job.id, 'ready');
    const whose = await send(new URL(`${baseUrl}/exports`), {}, front.port, { apiKey: tokens.colleague });
    const { data } = (await whose.json()) as { data: { id: string }[] };
    const last = preparing.filter((job) => data.some((one) => one.id === job.id));
    assert.equal(last.length, 1, 'the member has one of them');
    const archive = await send(new URL(`${baseUrl}/exports/${last[0]?.id}`), {}, front.port, {
      apiKey: tokens.colleague,
    });
    assert.match(await archive.text(), /Zitronenfalter/);
    return `${preparing.length}`;
  });
  await report.check('closing: nothing is ended while the exports can be fetched', async () => {
    await later(id);
    const { counts } = await administrator.until(id, 'fetchable');
    assert.equal(await keyState(), 'Enabled');
    await kept.isReadable(baseUrls);
    return JSON.stringify(counts);
  });
  await report.check(
    'closing: a week later the key waits for its deletion, by the role that closes alone',
    async () => {
      await later(id);
      const { key_deleted_at = '' } = await administrator.until(id, 'closed');
      assert.equal(await keyState(), 'PendingDeletion');
      const days = (Date.parse(key_deleted_at) - Date.now()) / 86_400_000;
      assert.ok(days > 6.9 && days < 7.1, `${days} days`);
      return key_deleted_at;
    },
  );
  await report.check('closing: the closing and the end of the key are certified', async () => {
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
  await report.check('closing: a function that remembers nothing reads nothing', async () => {
    await front.forget(functionName);
    await assert.rejects(kept.isReadable(baseUrls), ({ status }: Error & { status: number }) => status >= 500);
  });
  await report.check('closing: taken back within the week, everything is there again', async () => {
    await asAdministrator(aws, async ({ kms }) => {
      await kms.send(new CancelKeyDeletionCommand({ KeyId }));
      await kms.send(new EnableKeyCommand({ KeyId }));
    });
    await front.forget(functionName);
    await kept.isReadable(baseUrls);
  });
}
