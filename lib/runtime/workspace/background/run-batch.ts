import type { FetchHandler } from '../../http/handler/request-env';
import type { FileParts, Files } from '../files/files';
import { type ContentCipher, unlessUseless } from '../store/content-cipher';
import { ofUser } from '../store/range';
import { numberOf, optionalNumberOf, type Row, textOf, toAttributes, toKey } from '../store/row';
import { Conflict, type ContentTable } from '../store/table';
import { atVersion, putRow } from '../store/writes';
import { type BatchRecord, isOver, WINDOW_MS } from './batch';
import { batchKey, lineKey, linesOf } from './batch-keys';
import { type BatchError, type BatchLine, readLines } from './batch-lines';
import type { Batches } from './batches';
import { answered, type LineResult, unanswered } from './line-results';
import type { Lease } from './running-jobs';
import { type Repeats, sent } from './sent-request';
import { stopOf } from './while-leased';
import { writeFiles } from './write-files';

/** The lines of one batch that are sent at once. */
const AT_ONCE = 4;

/** For how long a step starts lines. Then other jobs have their turn. */
const STEP_MS = 180_000;

/** The most workers that start one line. */
const MOST_STARTS = 3;

/** What a step of a batch needs. */
export interface BatchStepParts extends Pick<FileParts, 'leftovers' | 'retention'> {
  readonly table: ContentTable;
  readonly cipher: ContentCipher;
  readonly files: Files;
  readonly batches: Batches;
  readonly now: () => Date;
}

/** How a step is run. */
export interface BatchStep {
  readonly lease: Lease;
  readonly gateway: FetchHandler;
  readonly signal: AbortSignal;
  readonly repeats?: Repeats;
  /** @default 180 000 */
  readonly stepMs?: number;
}

/**
 * Runs a step of a batch: its lines, or its end. Each line has a row, which is written before a model is called and again with the answer,
 * each time on the condition that the lease is still this worker's. So no line is lost, and none has two answers.
 *
 * @returns how the step ended, for the log
 */
export async function runBatch(parts: BatchStepParts, step: BatchStep): Promise<string> {
  const { batches, now } = parts;
  const { lease, signal } = step;
  const { user, job } = lease.running;
  const row = await batches.get(user, job);
  if (row === undefined || isOver(row)) return cleared(parts, step);
  const record = await batches.record(user, row);
  // Before its file is read, so that a batch ends whatever its file is.
  if (textOf(row, 'status') === 'cancelling') return over(parts, step, row, record, 'cancelled', []);
  const isLate = () => now().getTime() - lease.running.createdAt > WINDOW_MS;
  const { lines, errors } = await linesIn(parts, user, record);
  if (errors.length > 0) {
    return over(parts, step, row, { ...record, errors }, isLate() ? 'expired' : 'failed', []);
  }
  const total = lines.length;
  if (textOf(row, 'status') === 'validating') {
    await changed(parts, step, row, { status: 'in_progress', startedAt: now().getTime(), total }, record);
    return runBatch(parts, step);
  }
  const until = performance.now() + (step.stepMs ?? STEP_MS);
  const done = await rowsOf(parts, user, job);
  if (!isLate()) {
    const left = lines
      .map((line, index) => ({ line, index }))
      .filter(({ index }) => done.get(index)?.done === undefined);
    const next = left.values();
    const lane = async () => {
      for (const { line, index } of next) {
        if (signal.aborted || performance.now() > until || isLate() || (await isBeingCancelled(parts, user, job)))
          return;
        await runLine(parts, step, record, line, index, done.get(index));
      }
    };
    // A lane that fails doesn't leave the others running behind it.
    const lanes = await Promise.allSettled(Array.from({ length: AT_ONCE }, lane));
    for (const one of lanes) if (one.status === 'rejected') throw one.reason;
  }
  const stop = stopOf(signal);
  if (stop === 'lost' || stop === 'ended') return stop;
  const current = await batches.get(user, job);
  if (current === undefined) return cleared(parts, step);
  const rows = await rowsOf(parts, user, job);
  const missing = lines
    .map((line, index) => ({ line, index }))
    .filter(({ index }) => rows.get(index)?.done === undefined);
  if (missing.length === 0) return over(parts, step, current, record, 'completed', []);
  if (stop === 'refused' || textOf(current, 'status') === 'cancelling') {
    return over(parts, step, current, record, 'cancelled', []);
  }
  if (isLate()) {
    const expired = missing.map(({ line, index }) =>
      unanswered(line, lineId(job, index), 'batch_expired', 'this request was not sent before the batch expired'),
    );
    return over(parts, step, current, record, 'expired', expired);
  }
  await changed(parts, step, current, countsOf(rows), record);
  await lease.requeue();
  return 'step';
}

/** Ends the batch of a member who may not act any more. What was answered until then is in its files. */
export async function cancelBatch(parts: BatchStepParts, step: Pick<BatchStep, 'lease'>): Promise<string> {
  const { user, job } = step.lease.running;
  const row = await parts.batches.get(user, job);
  if (row === undefined || isOver(row)) return cleared(parts, step);
  return over(parts, step, row, await parts.batches.record(user, row), 'cancelled', []);
}

async function linesIn(
  { files }: BatchStepParts,
  user: string,
  { inputFile, endpoint }: BatchRecord,
): Promise<{ readonly lines: readonly BatchLine[]; readonly errors: readonly BatchError[] }> {
  const fail = (code: string, message: string) => ({
    lines: [],
    errors: [{ code, message, param: 'input_file_id', line: null }],
  });
  const file = await files.find(user, inputFile);
  if (file === undefined) return fail('file_not_found', 'the file of the batch was deleted');
  if (file.unusable !== undefined) return fail('invalid_file', `the file of the batch ${file.unusable.reason}`);
  const content = await file.read().catch(unlessUseless);
  if (content === undefined) return fail('invalid_file', "the content of the batch's file is gone; send it again");
  return readLines(content, endpoint);
}

async function runLine(
  parts: BatchStepParts,
  { lease, gateway, signal, repeats }: BatchStep,
  { endpoint }: BatchRecord,
  line: BatchLine,
  index: number,
  before: Row | undefined,
): Promise<void> {
  const { table, cipher, retention, now } = parts;
  const { user, job } = lease.running;
  const key = lineKey(user, job, index);
  const starts = (before && numberOf(before, 'starts')) ?? 0;
  const createdAt = now().getTime();
  const expiresAt = retention.expiryOf(createdAt);
  const id = lineId(job, index);
  const store = async (result: LineResult) => {
    const encrypted = await cipher.encrypt(user, key, result);
    const row: Row = {
      ...toKey(key),
      ...toAttributes({
        createdAt,
        expiresAt,
        starts: starts + 1,
        done: result.response?.status_code ?? 0,
        ...encrypted,
      }),
    };
    const isStored = await table.transact([lease.current, putRow(row)]).then(() => true, unlessLost);
    if (!isStored) await cipher.deleteObjects([row]);
  };
  if (starts >= MOST_STARTS) {
    return store(unanswered(line, id, 'server_error', `this request was started ${starts} times and never ended`));
  }
  const started = { ...toKey(key), ...toAttributes({ createdAt, expiresAt, starts: starts + 1 }) };
  if (!(await table.transact([lease.current, putRow(started)]).then(() => true, unlessLost))) return;
  const body = endpoint === '/v1/responses' ? { ...line.body, store: false } : line.body;
  const answer = await sent(gateway, endpoint, body, { signal, again: () => lease.renew(), repeats });
  // An answer after the end of the step is that of a client who left.
  if (signal.aborted && answer.status !== 200) return;
  await store(answered(line, id, answer, { endpoint, at: now().getTime() }));
}

/** Another worker has the batch, or it is over. */
function unlessLost(error: unknown): false {
  if (error instanceof Conflict) return false;
  throw error;
}

async function isBeingCancelled({ batches }: BatchStepParts, user: string, job: string): Promise<boolean> {
  const row = await batches.get(user, job);
  return row === undefined || textOf(row, 'status') === 'cancelling';
}

/** The rows of a batch's lines that were started, by their index, without their content: all of it together may not fit into memory. */
async function rowsOf({ table }: BatchStepParts, user: string, job: string): Promise<ReadonlyMap<number, Row>> {
  const rows = new Map<number, Row>();
  const prefix = linesOf(job);
  for await (const page of table.pages(ofUser(user, prefix, 500))) {
    for (const { content: _, ...row } of page) rows.set(Number(row.sk?.S?.slice(prefix.length)), row);
  }
  return rows;
}

function countsOf(rows: ReadonlyMap<number, Row>) {
  const all = [...rows.values()];
  const done = all.flatMap((row) => optionalNumberOf(row, 'done') ?? []);
  const completed = done.filter((status) => status === 200).length;
  const repeated = all.reduce((sum, row) => sum + numberOf(row, 'starts') - 1, 0);
  return { completed, failed: done.length - completed, repeated };
}

/** Writes the files of a batch, and then its last status. A step that is repeated writes the same ones. */
async function over(
  parts: BatchStepParts,
  step: Pick<BatchStep, 'lease'>,
  row: Row,
  record: BatchRecord,
  status: 'completed' | 'failed' | 'expired' | 'cancelled',
  more: readonly LineResult[],
): Promise<string> {
  const { user, job } = step.lease.running;
  const rows = await rowsOf(parts, user, job);
  const { written, files } = await writeFiles(parts, user, record, rows, more);
  const at = { completed: 'completedAt', failed: 'failedAt', expired: 'expiredAt', cancelled: 'cancelledAt' }[status];
  const counts = countsOf(rows);
  const changes = { status, [at]: parts.now().getTime(), ...counts, failed: counts.failed + more.length };
  const ok = await changed(parts, step, row, changes, { ...record, written }, files);
  // It was cancelled meanwhile, or another worker has it.
  if (!ok) return 'again';
  return cleared(parts, step).then(() => status);
}

/** Changes the row of a batch, if nothing else has, and the lease is still this worker's. */
async function changed(
  { table, cipher }: BatchStepParts,
  { lease }: Pick<BatchStep, 'lease'>,
  row: Row,
  changes: Readonly<Record<string, string | number>>,
  record: BatchRecord,
  files: readonly Row[] = [],
): Promise<boolean> {
  const { user, job } = lease.running;
  const version = numberOf(row, 'version');
  const { content: _, object: __, ...rest } = row;
  const encrypted = await cipher.encrypt(user, batchKey(user, job), record);
  const after = { ...rest, ...toAttributes({ ...changes, version: version + 1, ...encrypted }) };
  const writes = [putRow(after, atVersion(version)), lease.current, ...files.map((file) => putRow(file))];
  return table.transact(writes).then(() => true, unlessLost);
}

/** Deletes the rows of a batch's lines, whose results are in its files, and ends the job. */
async function cleared(parts: BatchStepParts, step: Pick<BatchStep, 'lease'>): Promise<string> {
  const { user, job } = step.lease.running;
  const rows = [...(await rowsOf(parts, user, job)).values()];
  await parts.cipher.deleteObjects(rows);
  await parts.table.deleteAll(rows);
  return ended(parts, step);
}

async function ended({ table }: BatchStepParts, { lease }: Pick<BatchStep, 'lease'>): Promise<string> {
  await table.transact([...lease.end]).catch(unlessLost);
  return 'over';
}

const lineId = (job: string, index: number): string => `batch_req_${job.slice('batch_'.length)}${index}`;
