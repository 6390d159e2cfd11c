import { RIGHTS_PARTITION } from '../../contract/tables';
import type { Key } from '../workspace/store/keys';
import { keyOf, numberOf, optionalNumberOf, type Row, toAttributes, toKey } from '../workspace/store/row';
import type { ContentTable, Write } from '../workspace/store/table';
import type { Change, Job, JobKind } from './job';

export const RIGHTS = RIGHTS_PARTITION;

const JOBS = 'job#';

export const jobKey = (id: string): Key => ({ pk: RIGHTS, sk: `${JOBS}${id}` });

/** The jobs of a workspace, in the table of its content and apart from everybody's own partition. */
export class JobStore {
  constructor(private readonly table: ContentTable) {}

  public async find(id: string): Promise<Job | undefined> {
    const row = await this.table.get(jobKey(id));
    return row && toJob(row);
  }

  /** All jobs, those of a kind together and in the order of their times. */
  public async list(): Promise<Job[]> {
    const jobs: Job[] = [];
    for await (const rows of this.table.pages({ pk: RIGHTS, from: JOBS, to: `${JOBS}~`, order: 'asc', page: 100 })) {
      jobs.push(...rows.map(toJob));
    }
    return jobs;
  }

  /** The write by which a job begins. */
  public beginning(job: Job): Write {
    const condition = { ConditionExpression: 'attribute_not_exists(#pk)', ExpressionAttributeNames: { '#pk': 'pk' } };
    return { Put: { TableName: undefined, Item: toRow(job), ...condition } };
  }

  /** The write by which whoever is about to change the job has to look again. */
  public noticed({ id, version }: Job): Write {
    return {
      Update: {
        TableName: undefined,
        Key: toKey(jobKey(id)),
        UpdateExpression: 'SET #version = :next',
        ConditionExpression: '#version = :was',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':was': { N: `${version}` }, ':next': { N: `${version + 1}` } },
      },
    };
  }

  /**
   * Changes a job, with other writes or not at all.
   *
   * @throws Conflict when somebody else has changed it meanwhile
   */
  public async change(job: Job, { also = [], ...change }: Change): Promise<Job> {
    const next: Job = { ...job, ...change, version: job.version + 1 };
    const expected: Write = {
      Put: {
        TableName: undefined,
        Item: toRow(next),
        ConditionExpression: '#version = :was',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':was': { N: `${job.version}` } },
      },
    };
    await this.table.transact([expected, ...also]);
    return next;
  }
}

function toRow({ id, counts, figures, ...job }: Job): Row {
  const texts = { counts: JSON.stringify(counts), figures: JSON.stringify(figures) };
  return { ...toKey(jobKey(id)), ...toAttributes({ ...job, ...texts }) };
}

function toJob(row: Row): Job {
  return {
    id: keyOf(row).sk.slice(JOBS.length),
    kind: row.kind?.S as JobKind,
    user: row.user?.S ?? '',
    by: row.by?.S ?? '',
    at: numberOf(row, 'at'),
    step: row.step?.S ?? '',
    state: row.state?.S ?? '',
    notBefore: optionalNumberOf(row, 'notBefore'),
    version: numberOf(row, 'version'),
    counts: JSON.parse(row.counts?.S ?? '{}'),
    cursor: row.cursor?.S,
    figures: JSON.parse(row.figures?.S ?? '{}'),
    canary: row.canary?.B,
  };
}
