import { createHash } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { isGroupId } from '../../../contract/tables';
import { keyOf, toKey } from '../../workspace/store/row';
import { Conflict, ContentTable } from '../../workspace/store/table';
import { type Change, type Job, newJob } from '../jobs/job';
import { JobStore } from '../jobs/job-store';
import type { StepsOf } from '../jobs/step-actors';
import { Stopped } from '../jobs/stopped';
import { Holds } from '../store/holds';
import { storeCertificate } from './certificate';
import type { PartsOf } from './parts';
import { EXPORT_MS } from './windows';

/** Rows that one step scans. */
const PAGE = 1_000;

/** The interval at which a closure checks whether what it waits for is over. */
const CHECK_MS = 5 * 60_000;

type EndParts = Pick<PartsOf['closer'], 'workspace' | 'evidence' | 'keyDeletion'>;

interface Closure extends Pick<PartsOf['eraser'], 'table' | 'now'> {
  readonly content: ContentTable;
  readonly jobs: JobStore;
  readonly holds: Holds;
}

/** The steps of a closure before its end: a last export for every user, and a week to download it. */
export function closureSteps({ table, now }: PartsOf['eraser']): StepsOf<'eraser'>['close'] {
  const content = new ContentTable(table.client, table.name, now);
  const closure = { table, now, content, jobs: new JobStore(content), holds: new Holds(content, now) };
  return {
    users: (job) => requestExports(closure, job),
    exports: (job) => awaitExports(closure, job),
    fetched: () => awaitOthers(closure),
  };
}

/**
 * The steps that end a closure: the deletion of the key that encrypts the keys of all users. From then on the table of jobs can't be read
 * either, so the first certificate is written before.
 */
export function closureEndSteps(parts: EndParts): StepsOf<'closer'>['close'] {
  return {
    certificate: async (job) => {
      const { key, sha256 } = await storeCertificate(closureCertificate(job, parts), job.id, parts);
      return { figures: { ...job.figures, certificate: key, certificateSha256: sha256 }, step: 'key' };
    },
    key: async ({ id, figures }) => {
      await parts.keyDeletion.schedule(Number(figures.days));
      const deletion = await certifyKeyDeletion(id, parts);
      return { state: 'closed', figures: { ...figures, deletion: deletion.getTime() }, step: 'done' };
    },
  };
}

/**
 * Certifies that the deletion of the workspace's keys is scheduled. It reads nothing from the table, which can't be read any more.
 *
 * @returns when the last key is deleted
 * @throws Stopped when the deletion of a key isn't scheduled
 */
export async function certifyKeyDeletion(job: string, { workspace, evidence, keyDeletion }: EndParts): Promise<Date> {
  const deletion = await keyDeletion.scheduled();
  if (deletion === undefined) throw new Stopped("a key of the workspace isn't scheduled for deletion; resume the job");
  const content = {
    certificate: "end of a workspace's keys",
    version: 1,
    workspace,
    closing: job,
    keys: keyDeletion.keyArns,
    // KMS's name of the state in which it refuses every use of a key, until it destroys the last material at this time.
    state: 'PendingDeletion',
    deletedAt: deletion.toISOString(),
  };
  await storeCertificate(content, `${job}-key`, { workspace, evidence });
  return deletion;
}

async function requestExports({ content, jobs, table, now }: Closure, job: Job): Promise<Change> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new ScanCommand({
      TableName: table.name,
      ProjectionExpression: '#pk, #sk',
      ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
      Limit: PAGE,
      ...(job.cursor !== undefined && { ExclusiveStartKey: toKey(JSON.parse(job.cursor)) }),
    }),
  );
  const ids = Items.flatMap((row) => /^user#(.*)$/.exec(row.pk?.S ?? '')?.[1] ?? []);
  const users = new Set(ids.filter((id) => !isGroupId(id)));
  for (const user of users) {
    const request = newJob('export', user, job.by, now(), 'announce', 'preparing');
    const lastExport = { ...request, id: lastExportOf(job, user), figures: { closing: job.id } };
    try {
      await content.transact([jobs.insert(lastExport)]);
    } catch (error) {
      // An earlier page had rows of the same user.
      if (!(error instanceof Conflict)) throw error;
    }
  }
  if (LastEvaluatedKey !== undefined) return { cursor: JSON.stringify(keyOf(LastEvaluatedKey)) };
  return { cursor: undefined, state: 'exporting', step: 'exports' };
}

/** The id is the same for the same closure and user, so that no user is exported twice. */
const lastExportOf = ({ id, at }: Job, user: string): string =>
  `export_${at.toString(16).padStart(12, '0')}${createHash('sha256').update(`${id} ${user}`).digest('hex').slice(0, 32)}`;

async function awaitExports({ jobs, now }: Closure, job: Job): Promise<Change> {
  const others = await jobs.list();
  const exports = others.filter(({ figures }) => figures.closing === job.id);
  const isWaiting = exports.some(({ state }) => state === 'preparing') || others.some(isDue);
  if (isWaiting) return { notBefore: now().getTime() + CHECK_MS };
  const counts = {
    ...job.counts,
    users: exports.length,
    exports: exports.filter(({ state }) => state === 'ready').length,
  };
  return { counts, state: 'fetchable', notBefore: now().getTime() + EXPORT_MS, step: 'fetched' };
}

async function awaitOthers({ jobs, holds, now }: Closure): Promise<Change> {
  const [hold] = await holds.active();
  if (hold !== undefined) {
    throw new Stopped(`the workspace isn't closed while hold ${hold.id} is there; release it, or call the closing off`);
  }
  if ((await jobs.list()).some(isDue)) return { notBefore: now().getTime() + CHECK_MS };
  return { state: 'ending', notBefore: undefined, step: 'certificate' };
}

/** An erasure that isn't certified could never be, once the table can't be read, and a readmission could never end. */
const isDue = ({ kind, step }: Job): boolean => (kind === 'erase' || kind === 'readmit') && step !== 'done';

function closureCertificate({ id, by, at, counts, figures }: Job, { workspace, keyDeletion }: EndParts): object {
  return {
    certificate: 'closing of a workspace',
    version: 1,
    workspace,
    closing: id,
    requested: { by, at: new Date(at).toISOString() },
    counts,
    keys: keyDeletion.keyArns,
    keysAreDeletedAfterDays: Number(figures.days),
    next: `${id}-key.json says when they are`,
  };
}
