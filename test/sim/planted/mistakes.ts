import type { Planted } from '../bundle';

/** A mistake in the code, and a seed with which the simulation finds it. */
export interface Mistake extends Planted {
  readonly name: string;
  readonly seed: number;
  /**
   * Whether the simulation has jobs in the background.
   *
   * @default false
   */
  readonly hasJobs?: boolean;
}

export const MISTAKES: readonly Mistake[] = [
  {
    name: 'a hold is ignored when expiries are applied',
    file: 'lib/runtime/rights/steps/retention-steps.ts',
    find: '    isUserOnHold || isPossiblyOnHold || conversationsOnHold.has(within)',
    replace: '    isPossiblyOnHold || conversationsOnHold.has(within)',
    seed: 2,
  },
  {
    name: 'content on hold can be deleted',
    file: 'lib/runtime/workspace/content.ts',
    find: 'if (mustStay[removes]) throw onHold();',
    replace: 'void mustStay;',
    seed: 1,
  },
  {
    name: 'an erasure begins during a hold',
    file: 'lib/runtime/rights/store/erasure-marks.ts',
    find: "'attribute_not_exists(#erasing) AND (attribute_not_exists(#holds) OR #holds = :none)'",
    replace: "'attribute_not_exists(#erasing)'",
    seed: 1,
  },
  {
    name: 'a certificate is written while a backup may still have the key',
    file: 'lib/runtime/rights/steps/erasure-steps.ts',
    find: 'forgottenAt.getTime() + KEY_BACKUP_MS',
    replace: 'forgottenAt.getTime() + 0 * KEY_BACKUP_MS',
    seed: 1,
  },
  {
    name: 'a certificate is written twice when its step is repeated',
    file: 'lib/runtime/rights/steps/certificate.ts',
    find: "        IfNoneMatch: '*',\n",
    replace: '',
    seed: 3,
  },
  {
    name: 'a process keeps a key in memory after its erasure',
    file: 'lib/runtime/workspace/keyring/branch-key-cache.ts',
    find: 'entry !== undefined && entry.until > this.now()',
    replace: 'entry !== undefined',
    seed: 3,
  },
  {
    name: 'a hand-over is released without its delay',
    file: 'lib/runtime/rights/decisions/exports.ts',
    find: 'releaseFrom === undefined || Number(releaseFrom) > now',
    replace: 'releaseFrom === undefined',
    seed: 1,
  },
  {
    name: 'the people of a hand-over may depend on each other',
    file: 'lib/runtime/rights/decisions/exports.ts',
    find: 'await requireIndependent(context, people, job.at);',
    replace: 'void [requireIndependent, people];',
    seed: 1,
  },
  {
    name: 'the last row of a list is on no page',
    file: 'lib/runtime/workspace/store/table.ts',
    find: 'more: rows.length > query.limit }',
    replace: 'more: rows.length > query.limit + 1 }',
    seed: 1,
  },
  {
    name: 'an export ends with its first page of rows',
    file: 'lib/runtime/rights/steps/export-steps.ts',
    find: "step: through === undefined ? 'manifest' : 'read',",
    replace: "step: 'manifest',",
    seed: 1,
  },
  {
    name: 'a user is readmitted before their erasure is certified',
    file: 'lib/runtime/rights/decisions/erasures.ts',
    find: "if (erasure.step !== 'done') {",
    replace: "if (erasure.step === '') {",
    seed: 1,
  },
  {
    name: 'an erasure leaves the active key, which a readmission restores',
    file: 'lib/runtime/workspace/keyring/branch-key-erasure.ts',
    find: '      await this.delete(rows);\n      deleted += rows.length;',
    replace:
      "      await this.delete(rows.filter((row) => row.type?.S !== 'branch:ACTIVE'));\n      deleted += rows.length;\n      break;",
    seed: 1,
  },
  {
    name: 'the token of an erased user is accepted',
    file: 'lib/runtime/workspace/content.ts',
    find: '  if (status.erasing) throw erased();\n',
    replace: '',
    seed: 1,
  },
  {
    name: 'content is served after its retention period',
    file: 'lib/contract/tables.ts',
    find: 'Number(expires) * 1_000 <= now.getTime();',
    replace: 'Number(expires) * 1_000 <= now.getTime() - 30 * 86_400_000;',
    seed: 1,
  },
  {
    name: 'a request for an export always fails',
    file: 'lib/runtime/rights/decisions/exports.ts',
    find: "const requested = newJob('export', user, by, now(), 'announce', 'preparing');",
    replace:
      "const requested = newJob('export', user, by, now(), 'announce', 'preparing');\n  throw new Error('failed');",
    seed: 1,
  },
  {
    name: 'every release of a hand-over fails',
    file: 'lib/runtime/rights/decisions/exports.ts',
    find: 'if (job.figures.releasedBy === by) return job;',
    replace: "throw new Error('failed');",
    seed: 1,
  },
  {
    name: 'the bucket deletes an export before its hand-over has ended',
    file: 'lib/contract/rights.ts',
    find: 'HAND_OVER_DAYS.max + 2 * EXPORT_DAYS + 1',
    replace: 'EXPORT_DAYS + 1',
    seed: 1,
  },
  {
    name: 'a row is read from a replica that is behind',
    file: 'lib/runtime/workspace/store/table.ts',
    find: 'Key: toKey(key), ConsistentRead: true });',
    replace: 'Key: toKey(key) });',
    seed: 1,
  },
  {
    name: 'a job in the background is stored and not queued',
    file: 'lib/runtime/workspace/background/running-jobs.ts',
    find: 'queue.add({ user, job, createdAt }), ...also]',
    replace: '...also]',
    seed: 1,
    hasJobs: true,
  },
  {
    name: 'an answer in the background is missing in its conversation',
    file: 'lib/runtime/workspace/background/worker.ts',
    find: 'content.beginAs(owner, requested, before,',
    replace: 'content.beginAs(owner, { ...requested, conversation: undefined }, before,',
    seed: 1,
    hasJobs: true,
  },
  {
    name: 'the last lines of a batch are in no file',
    file: 'lib/runtime/workspace/background/write-files.ts',
    find: 'for (let at = 0; at < done.length; at += READ_AT_ONCE)',
    replace: 'for (let at = 0; at + READ_AT_ONCE <= done.length; at += READ_AT_ONCE)',
    seed: 1,
    hasJobs: true,
  },
  {
    name: 'some lines of a batch are in its files twice',
    file: 'lib/runtime/workspace/background/write-files.ts',
    find: 'done.slice(at, at + READ_AT_ONCE)',
    replace: 'done.slice(at, at + READ_AT_ONCE + 1)',
    seed: 1,
    hasJobs: true,
  },
  {
    name: 'the next worker of a batch sends lines again that have an answer',
    file: 'lib/runtime/workspace/background/run-batch.ts',
    find: '      .filter(({ index }) => done.get(index)?.done === undefined);\n    const next',
    replace: '      .filter(() => true);\n    const next',
    seed: 1,
    hasJobs: true,
  },
  {
    name: 'the rows of a batch are deleted before its files are there',
    file: 'lib/runtime/workspace/background/run-batch.ts',
    find: 'writeFiles(parts, user, record, rows, more);',
    replace: 'writeFiles(parts, user, record, rows, more);\n  await parts.table.deleteAll([...rows.values()]);',
    seed: 1,
    hasJobs: true,
  },
  {
    name: 'the sweep leaves jobs whose event was lost',
    file: 'lib/runtime/workspace/background/worker.ts',
    find: 'if (isLost || now - job.at >= DROPPED_MS) await queue.touch(job);',
    replace: 'void isLost;',
    seed: 1,
    hasJobs: true,
  },
  {
    name: 'a worker goes on for a member who was disabled',
    file: 'lib/runtime/workspace/job-worker.ts',
    find: 'if (disabled || (signedOutAt',
    replace: 'if ((signedOutAt',
    seed: 3,
    hasJobs: true,
  },
  {
    name: 'what a job uses is charged twice',
    file: 'lib/runtime/workspace/job-worker.ts',
    find: 'middleware: [actingAs(member, directory), ...counting],',
    replace: 'middleware: [actingAs(member, directory), ...counting, ...counting],',
    seed: 1,
    hasJobs: true,
  },
];

/** What is simulated with each mistake. */
export const PLANTED_RUN = { days: 45, members: 6, isBusy: true, hasJobs: false, isVerbose: false } as const;
