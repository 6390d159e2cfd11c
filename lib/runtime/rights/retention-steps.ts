import { type DynamoDBClient, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { Retention } from '../workspace/store/retention';
import { keyOf, optionalNumberOf, type Row, toKey } from '../workspace/store/row';
import { type Standing, Standings } from '../workspace/store/standing';
import type { Change, Job } from './job';
import { kindOf, type Partitions } from './partition';
import type { RightsOptions } from './rights-options';
import type { Steps } from './steps';
import type { UserObjects } from './user-objects';
import { REQUEST_MS } from './windows';

const PAGE = 200;

/** What has a time of its own to go by, or says only that something else is going. */
const APART = ['deleted', 'leftover', 'export', 'exportfile'];

const FILES = ['file', 'upload', 'part', 'prompt', 'promptversion'];

const ATTRIBUTES = ['pk', 'sk', 'line', 'createdAt', 'updatedAt', 'expiresAt'] as const;

export interface RetentionParts extends Pick<RightsOptions, 'table'> {
  readonly partitions: Partitions;
  readonly objects: UserObjects;
  readonly retentionDays?: number;
  readonly now: () => Date;
}

/**
 * The steps by which what is there gets the expiry that is decided now: the workspace's period, or none under a hold. It is done
 * twice, since requests that were let in before the decision still write by what was decided before. Objects change with the holds of
 * their user; a period is the bucket's own.
 */
export function retentionSteps(parts: RetentionParts): Steps {
  return {
    tags: { actor: 'eraser', run: (job) => tags(parts, job, 'sweep') },
    sweep: { actor: 'eraser', run: (job) => sweep(parts, job, job.user === '' ? 'again' : 'tags-again') },
    'tags-again': { actor: 'eraser', run: (job) => tags(parts, job, 'again') },
    again: { actor: 'eraser', run: (job) => sweep(parts, job, 'done') },
  };
}

/** All objects of somebody stay while anything of theirs is on hold: which are part of it, only their content says. */
async function tags({ table, objects }: RetentionParts, { user, cursor }: Job, then: string): Promise<Change> {
  const { held, heldConversations } = await new Standings(table.client, table.name).of(user);
  const next = await objects.setExpiring(user, !held && heldConversations.size === 0, cursor);
  return next === undefined ? { cursor: undefined, notBefore: undefined, step: then } : { cursor: next };
}

async function sweep(parts: RetentionParts, job: Job, then: string): Promise<Change> {
  const { rows, last } = await page(parts, job);
  const standings = new Standings(parts.table.client, parts.table.name);
  const known = new Map<string, Promise<Standing>>();
  let changed = 0;
  for (const row of rows) {
    const [, user] = /^user#(.*)$/.exec(row.pk?.S ?? '') ?? [];
    if (user === undefined || APART.includes(kindOf(row))) continue;
    const standing = known.get(user) ?? standings.of(user);
    known.set(user, standing);
    const wanted = expiryOf(row, await standing, parts);
    if (wanted === optionalNumberOf(row, 'expiresAt')) continue;
    await setExpiry(parts.table, row, wanted);
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

/** What a job is about: one user, or everybody. */
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

/** When a row expires by what is decided now, in Unix seconds; none when it doesn't. */
function expiryOf(row: Row, { held, heldConversations }: Standing, { retentionDays, now }: RetentionParts) {
  const [, within = ''] = keyOf(row).sk.split('#');
  // A file or a prompt may be part of a conversation on hold; which, only its content says.
  const isFiles = FILES.includes(kindOf(row)) && heldConversations.size > 0;
  const isHeld = held || isFiles || heldConversations.has(within) || heldConversations.has(row.line?.S ?? '');
  if (isHeld) return undefined;
  const at = optionalNumberOf(row, 'updatedAt') ?? optionalNumberOf(row, 'createdAt') ?? now().getTime();
  return new Retention(retentionDays).expiryOf(at);
}

async function setExpiry(
  { client, name }: { client: Pick<DynamoDBClient, 'send'>; name: string },
  row: Row,
  at?: number,
) {
  const command = new UpdateItemCommand({
    TableName: name,
    Key: toKey(keyOf(row)),
    UpdateExpression: at === undefined ? 'REMOVE #expires' : 'SET #expires = :at',
    // Who deleted it meanwhile isn't undone.
    ConditionExpression: 'attribute_exists(#pk)',
    ExpressionAttributeNames: { '#expires': 'expiresAt', '#pk': 'pk' },
    ...(at !== undefined && { ExpressionAttributeValues: { ':at': { N: `${at}` } } }),
  });
  try {
    await client.send(command);
  } catch (error) {
    if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
  }
}
