import { createHash } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { keyOf, toKey } from '../workspace/store/row';
import { Conflict, type ContentTable } from '../workspace/store/table';
import { keepCertificate } from './certificate';
import type { Holds } from './holds';
import { type Change, type Job, newJob } from './job';
import type { JobStore } from './job-store';
import type { RightsOptions } from './rights-options';
import type { Steps } from './steps';
import { Stopped } from './stopped';
import { EXPORT_MS } from './windows';

/** Rows that are looked at in one step. */
const PAGE = 1_000;

/** How often it is looked whether the last exports are ready. */
const LOOK_MS = 5 * 60_000;

export interface ClosingParts extends Pick<RightsOptions, 'workspace' | 'table' | 'evidence' | 'ending'> {
  readonly content: ContentTable;
  readonly jobs: JobStore;
  readonly holds: Holds;
  readonly now: () => Date;
}

/**
 * The steps by which a workspace ends: everybody's last export, a week to fetch it, and the end of the key under which all keys of
 * users are. From then on the table of jobs can't be read either, so what is certified of it before is kept before.
 */
export function closingSteps(parts: ClosingParts): Steps {
  return {
    users: { actor: 'eraser', run: (job) => usersOf(parts, job) },
    exports: { actor: 'eraser', run: (job) => lastExports(parts, job) },
    fetched: {
      actor: 'eraser',
      run: async () => {
        const held = (await parts.holds.list()).find(({ releasedAt }) => releasedAt === undefined);
        if (held === undefined && (await parts.jobs.list()).some(isErasing)) {
          return { notBefore: parts.now().getTime() + LOOK_MS };
        }
        if (held === undefined) return { state: 'ending', notBefore: undefined, step: 'certificate' };
        throw new Stopped(
          `the workspace isn't closed while hold ${held.id} is there; release it, or call the closing off`,
        );
      },
    },
    certificate: {
      actor: 'closer',
      run: async (job) => {
        const { key, sha256 } = await keepCertificate(closingOf(job, parts), job.id, parts);
        return { figures: { ...job.figures, certificate: key, certificateSha256: sha256 }, step: 'key' };
      },
    },
    key: {
      actor: 'closer',
      run: async ({ id, figures }) => {
        const days = Number(figures.days);
        await parts.ending.schedule(days);
        const deletion = await certifyEnd(id, parts);
        return { state: 'closed', figures: { ...figures, deletion: deletion.getTime() }, step: 'done' };
      },
    },
  };
}

/**
 * Certifies that the workspace's key is waiting for its deletion. It needs nothing of the table, which can't be read any more.
 *
 * @returns when the key is deleted
 * @throws Stopped when it isn't
 */
export async function certifyEnd(
  job: string,
  { workspace, evidence, ending }: Pick<ClosingParts, 'workspace' | 'evidence' | 'ending'>,
): Promise<Date> {
  const deletion = await ending.scheduled();
  if (deletion === undefined) throw new Stopped("a key of the workspace isn't scheduled for deletion; resume the job");
  const text = {
    certificate: "end of a workspace's keys",
    version: 1,
    workspace,
    closing: job,
    keys: ending.keyArns,
    // KMS's own word: it refuses every use of them, and at this time it destroys the last material.
    state: 'PendingDeletion',
    deletedAt: deletion.toISOString(),
  };
  await keepCertificate(text, `${job}-key`, { workspace, evidence });
  return deletion;
}

async function usersOf({ content, jobs, table, now }: ClosingParts, job: Job): Promise<Change> {
  const { Items = [], LastEvaluatedKey } = await table.client.send(
    new ScanCommand({
      TableName: table.name,
      ProjectionExpression: '#pk, #sk',
      ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk' },
      Limit: PAGE,
      ...(job.cursor !== undefined && { ExclusiveStartKey: toKey(JSON.parse(job.cursor)) }),
    }),
  );
  const found = new Set(Items.flatMap((row) => /^user#(.*)$/.exec(row.pk?.S ?? '')?.[1] ?? []));
  for (const user of found) {
    const last = newJob('export', user, job.by, now(), 'announce', 'preparing');
    const one = { ...last, id: lastExportOf(job, user), figures: { closing: job.id } };
    try {
      await content.transact([jobs.beginning(one)]);
    } catch (error) {
      // A page before this one had somebody's rows too.
      if (!(error instanceof Conflict)) throw error;
    }
  }
  if (LastEvaluatedKey !== undefined) return { cursor: JSON.stringify(keyOf(LastEvaluatedKey)) };
  return { cursor: undefined, state: 'exporting', step: 'exports' };
}

/** The same for the same closing and user, so that nobody is exported twice. */
const lastExportOf = ({ id, at }: Job, user: string): string =>
  `export_${at.toString(16).padStart(12, '0')}${createHash('sha256').update(`${id} ${user}`).digest('hex').slice(0, 32)}`;

async function lastExports({ jobs, now }: ClosingParts, job: Job): Promise<Change> {
  const others = await jobs.list();
  const exported = others.filter(({ figures }) => figures.closing === job.id);
  const isMade = ({ state, figures }: Job) => figures.closing !== job.id || state !== 'preparing';
  if (others.some((other) => !isMade(other) || isErasing(other))) return { notBefore: now().getTime() + LOOK_MS };
  const fetchedBy = now().getTime() + EXPORT_MS;
  const counts = {
    ...job.counts,
    users: exported.length,
    exports: exported.filter(({ state }) => state === 'ready').length,
  };
  return { counts, state: 'fetchable', notBefore: fetchedBy, step: 'fetched' };
}

/** An erasure that isn't certified could never be, once the table can't be read. */
const isErasing = ({ kind, step }: Job): boolean => kind === 'erase' && step !== 'done';

function closingOf({ id, by, at, counts, figures }: Job, { workspace, ending }: ClosingParts): object {
  return {
    certificate: 'closing of a workspace',
    version: 1,
    workspace,
    closing: id,
    requested: { by, at: new Date(at).toISOString() },
    counts,
    keys: ending.keyArns,
    keysAreDeletedAfterDays: Number(figures.days),
    next: `${id}-key.json says when they are`,
  };
}
