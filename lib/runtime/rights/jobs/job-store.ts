import { RIGHTS_PARTITION } from '../../../contract/tables';
import type { Key } from '../../workspace/store/keys';
import { withPrefix } from '../../workspace/store/range';
import {
  bytesOf,
  keyOf,
  numberOf,
  optionalNumberOf,
  type Row,
  textOf,
  toAttributes,
  toKey,
} from '../../workspace/store/row';
import type { ContentTable } from '../../workspace/store/table';
import { ABSENT, atVersion, putRow, updateRow, type Write } from '../../workspace/store/writes';
import { type Change, isForUser, type Job, type JobKind } from './job';
import { type PageOptions, rightsPage } from './rights-page';

/** The partition of everything about rights that isn't of a single user. */
export const RIGHTS = RIGHTS_PARTITION;

const JOBS = 'job#';

export const jobKey = (id: string): Key => ({ pk: RIGHTS, sk: `${JOBS}${id}` });

/** Rows that one query reads. */
const PAGE = 100;

/** Rows that are read for one page of a user's jobs, so that no user's request costs more as a workspace has more jobs. */
const READ_FOR_USER = 1_000;

/** Some jobs, and the id after which the next ones are; none at the end. */
export interface JobPage {
  readonly jobs: readonly Job[];
  readonly next?: string;
}

/** The jobs of a workspace, in the table of its content but outside every user's own partition. */
export class JobStore {
  constructor(private readonly table: ContentTable) {}

  public async find(id: string): Promise<Job | undefined> {
    const row = await this.table.get(jobKey(id));
    return row && toJob(row);
  }

  /** A page of all jobs, ordered by kind and then by time. */
  public async page(options: PageOptions): Promise<JobPage> {
    const { rows, next } = await rightsPage(this.table, JOBS, options);
    return { jobs: rows.map(toJob), next };
  }

  /** All jobs, in the same order, of which one page at a time is in memory. */
  public async *each(): AsyncGenerator<Job> {
    for await (const rows of this.table.pages(withPrefix(RIGHTS, JOBS, PAGE))) yield* rows.map(toJob);
  }

  /** All jobs, in the same order. */
  public async list(): Promise<Job[]> {
    const jobs: Job[] = [];
    for await (const job of this.each()) jobs.push(job);
    return jobs;
  }

  /**
   * The jobs about a user among the next {@link READ_FOR_USER} jobs of the workspace.
   *
   * @param after the end of the page before
   */
  public async pageOf(user: string, after?: string): Promise<JobPage> {
    const range = withPrefix(RIGHTS, JOBS, PAGE);
    const cursor = after && jobKey(after).sk;
    const jobs: Job[] = [];
    let read = 0;
    let next: string | undefined;
    for await (const rows of this.table.pages(cursor === undefined ? range : { ...range, from: cursor })) {
      if (read >= READ_FOR_USER) return { jobs, next };
      const found = rows.map(toJob).filter(({ id }) => id !== after);
      jobs.push(...found.filter((job) => isForUser(job, user)));
      next = found.at(-1)?.id ?? next;
      read += PAGE;
    }
    return { jobs };
  }

  /** The write of a new job. */
  public insert(job: Job): Write {
    return putRow(toRow(job), ABSENT);
  }

  /** The write that fails a concurrent change of a job, so that its runner reads what is stored again. */
  public touch({ id, version }: Job): Write {
    const { ExpressionAttributeValues, ...condition } = atVersion(version);
    const values = { ...ExpressionAttributeValues, ':next': { N: `${version + 1}` } };
    return updateRow(jobKey(id), 'SET #version = :next', { ...condition, ExpressionAttributeValues: values });
  }

  /**
   * Changes a job, in one transaction with other writes.
   *
   * @throws Conflict when another process has changed the job first, or a condition of another write isn't met
   */
  public async change(job: Job, { also = [], ...change }: Change): Promise<Job> {
    const next: Job = { ...job, ...change, version: job.version + 1 };
    await this.table.transact([putRow(toRow(next), atVersion(job.version)), ...also]);
    return next;
  }
}

function toRow({ id, counts, figures, ...job }: Job): Row {
  const texts = { counts: JSON.stringify(counts), figures: JSON.stringify(figures) };
  return { ...toKey(jobKey(id)), ...toAttributes({ ...job, ...texts }) };
}

function toJob(row: Row): Job {
  const figures: Job['figures'] = JSON.parse(textOf(row, 'figures'));
  return {
    id: keyOf(row).sk.slice(JOBS.length),
    kind: textOf(row, 'kind') as JobKind,
    user: textOf(row, 'user'),
    by: textOf(row, 'by'),
    at: numberOf(row, 'at'),
    step: textOf(row, 'step'),
    state: textOf(row, 'state'),
    notBefore: optionalNumberOf(row, 'notBefore'),
    version: numberOf(row, 'version'),
    counts: JSON.parse(textOf(row, 'counts')),
    cursor: row.cursor?.S,
    figures,
    // The next change writes the whole row: a canary that an answer left out would be lost, and no test could be made any more.
    canary: figures.canarySha256 === undefined ? undefined : bytesOf(row, 'canary'),
  };
}
