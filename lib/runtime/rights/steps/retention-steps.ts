import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { isExpired } from '../../../contract/tables';
import type { TableAccess } from '../../workspace/store/content-stores';
import { Retention } from '../../workspace/store/retention';
import { keyOf, optionalNumberOf, type Row, toKey } from '../../workspace/store/row';
import { type UserStatus, UserStatuses } from '../../workspace/store/user-status';
import type { Change, Job } from '../jobs/job';
import type { StepsOf } from '../jobs/step-actors';
import { kindOf, Partitions } from '../store/partition';
import { updateIfPresent } from '../store/update-if-present';
import { UserObjects } from '../store/user-objects';
import type { PartsOf } from './parts';
import { REQUEST_MS } from './windows';

const PAGE = 200;

/** Rows with an expiry of their own, marks of deletions in progress, and API keys, each of which has an end. */
const EXEMPT = ['deleted', 'leftover', 'export', 'exportfile', 'keys', 'sharekey', 'running'];

const FILES = ['file', 'upload', 'part', 'prompt', 'promptversion', 'share', 'sharedfile', 'batch', 'batchline'];

const ATTRIBUTES = ['pk', 'sk', 'line', 'createdAt', 'updatedAt', 'expiresAt'] as const;

interface RetentionParts extends Pick<PartsOf['eraser'], 'table' | 'retentionDays' | 'now'> {
  readonly partitions: Partitions;
  readonly objects: UserObjects;
}

/**
 * The steps that apply the current decision to stored content: it expires with the workspace's period, or not at all under a hold. All
 * content is processed twice, because requests that began before the decision still write by the former one. The tags of objects change
 * with the holds of their user; the bucket itself applies the period.
 */
export function retentionSteps({ table, bucket, retentionDays, now }: PartsOf['eraser']): StepsOf<'eraser'>['retain'] {
  const partitions = new Partitions(table.client, table.name);
  const parts = { table, partitions, objects: new UserObjects(bucket.client, bucket.name), retentionDays, now };
  return {
    tags: (job) => tag(parts, job, 'sweep'),
    sweep: (job) => sweep(parts, job, job.user === '' ? 'again' : 'tags-again'),
    'tags-again': (job) => tag(parts, job, 'again'),
    again: (job) => sweep(parts, job, 'done'),
  };
}

/** All objects of a user stay while anything of theirs is on hold: only the encrypted content says which objects belong to it. */
async function tag({ table, objects }: RetentionParts, { user, cursor }: Job, then: string): Promise<Change> {
  const { isUserOnHold, conversationsOnHold } = await new UserStatuses(table.client, table.name).of(user);
  const next = await objects.setExpiring(user, !isUserOnHold && conversationsOnHold.size === 0, cursor);
  return next === undefined ? { cursor: undefined, notBefore: undefined, step: then } : { cursor: next };
}

async function sweep(parts: RetentionParts, job: Job, then: string): Promise<Change> {
  const { rows, last } = await page(parts, job);
  const statuses = new UserStatuses(parts.table.client, parts.table.name);
  const read = new Map<string, Promise<UserStatus>>();
  let changed = 0;
  for (const row of rows) {
    const [, user] = /^user#(.*)$/.exec(row.pk?.S ?? '') ?? [];
    if (user === undefined || EXEMPT.includes(kindOf(row)) || wasExpired(row, job)) continue;
    const status = read.get(user) ?? statuses.of(user);
    read.set(user, status);
    const expiry = expiryOf(row, await status, parts);
    if (expiry === optionalNumberOf(row, 'expiresAt')) continue;
    await setExpiry(parts.table, row, expiry);
    changed++;
  }
  const counts = { ...job.counts, changed: (job.counts.changed ?? 0) + changed };
  if (last !== undefined) return { counts, cursor: last };
  const isOver = then === 'done';
  return {
    counts,
    cursor: undefined,
    step: then,
    ...(isOver ? { state: 'applied', notBefore: undefined } : { notBefore: parts.now().getTime() + REQUEST_MS }),
  };
}

/** Whether a row had expired before the decision: it is gone, although the table may not have deleted it yet, and its objects may be. */
const wasExpired = ({ expiresAt }: Row, { at }: Job): boolean =>
  isExpired({ expiresAt: { N: expiresAt?.N } }, new Date(at));

/** The next page of a job's rows: those of one user, or of all. */
async function page({ table, partitions }: RetentionParts, { user, cursor }: Job) {
  if (user !== '') return partitions.page(user, { after: cursor, limit: PAGE, attributes: ATTRIBUTES });
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new ScanCommand({
      TableName: table.name,
      ProjectionExpression: ATTRIBUTES.map((name) => `#${name}`).join(', '),
      ExpressionAttributeNames: Object.fromEntries(ATTRIBUTES.map((name) => [`#${name}`, name])),
      Limit: PAGE,
      ...(cursor !== undefined && { ExclusiveStartKey: toKey(JSON.parse(cursor)) }),
    }),
  );
  return { rows: Items, last: LastEvaluatedKey && JSON.stringify(keyOf(LastEvaluatedKey)) };
}

/** When a row expires by the current decision, in Unix seconds; undefined when it doesn't. */
function expiryOf(row: Row, { isUserOnHold, conversationsOnHold }: UserStatus, { retentionDays, now }: RetentionParts) {
  const [, within = ''] = keyOf(row).sk.split('#');
  // Any file or prompt may be part of a conversation on hold: only the encrypted content says which is.
  const isPossiblyOnHold = FILES.includes(kindOf(row)) && conversationsOnHold.size > 0;
  const isOnHold =
    isUserOnHold || isPossiblyOnHold || conversationsOnHold.has(within) || conversationsOnHold.has(row.line?.S ?? '');
  if (isOnHold) return undefined;
  const at = optionalNumberOf(row, 'updatedAt') ?? optionalNumberOf(row, 'createdAt') ?? now().getTime();
  return new Retention(retentionDays).expiryOf(at);
}

const setExpiry = (table: TableAccess, row: Row, at?: number): Promise<void> =>
  updateIfPresent(table, keyOf(row), at === undefined ? 'REMOVE #expires' : 'SET #expires = :at', {
    ExpressionAttributeNames: { '#expires': 'expiresAt' },
    ...(at !== undefined && { ExpressionAttributeValues: { ':at': { N: `${at}` } } }),
  });
