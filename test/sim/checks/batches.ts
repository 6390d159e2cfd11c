import type { Answer } from '../client';
import { customId, type ModelBatch } from '../model/batches';
import { marksIn } from '../model/marks';
import type { ModelMember } from '../model/member';
import { require } from '../violation';
import type { World } from '../world';
import { mayHaveEnded } from './served';

const LINES = 'a batch has one result of each line, in their order';
const END = 'a batch ends as the documentation says';
const CALLS = 'each line of a batch is answered and charged once';

const DAY_MS = 86_400_000;

/** A batch that is over, and the contents of its files. */
export interface ReadBatch {
  readonly batch: Answer['json'];
  readonly output: string;
  readonly errors: string;
}

/** Checks the results of a batch that is over. */
export function requireResults(
  world: World,
  member: ModelMember,
  batch: ModelBatch,
  { batch: read, output, errors }: ReadBatch,
): void {
  const { id, lines } = batch;
  const outputs = resultsOf(output);
  const failures = resultsOf(errors);
  for (const results of [outputs, failures]) {
    const places = results.map(({ custom_id }) => lines.findIndex((_, index) => customId(index) === custom_id));
    const isInOrder = places.every((place, nth) => place >= 0 && (nth === 0 || place > Number(places[nth - 1])));
    require(isInOrder, LINES, `lines of ${id} once, in their order`, places.join(', '));
  }
  const names = new Set([...outputs, ...failures].map(({ custom_id }) => custom_id));
  require(names.size === outputs.length + failures.length, LINES, `each line of ${id} in one file`, 'one in both');
  for (const { custom_id, response } of outputs) {
    const mark = lines.find((_, index) => customId(index) === custom_id)?.mark;
    const shown = [...new Set(marksIn(JSON.stringify(response)))].join(', ');
    require(response.status_code === 200 && shown === mark, LINES, `the answer to ${mark} in ${id}`, shown);
  }
  const { status, request_counts: counts } = read;
  if (status === 'completed' || status === 'expired')
    require(names.size === lines.length, LINES, `all ${lines.length} lines of ${id}`, `${names.size}`);
  requireEnd(world, member, batch, status, failures.length);
  const figures = `${outputs.length} completed and ${failures.length} failed`;
  require(counts.completed === outputs.length &&
    counts.failed === failures.length, LINES, `${figures} of ${id}`, JSON.stringify(counts));
  requireCalls(world, batch, read.repeated_calls);
}

/** Checks that a batch ended well, or for a reason. */
function requireEnd(world: World, member: ModelMember, batch: ModelBatch, status: string, failed: number): void {
  const { id, file, sentAt, isCancelled } = batch;
  const mayEnd = isCancelled || mayHaveEnded(world, member, sentAt);
  const isLate = Date.now() - sentAt > DAY_MS;
  const isGone = file.known !== 'stored' || Date.now() - file.at > (world.retentionDays - 1) * DAY_MS;
  const allowed: Readonly<Record<string, boolean>> = {
    completed: true,
    cancelled: mayEnd,
    expired: isLate,
    failed: isGone,
  };
  require(allowed[status] === true, END, `${id} to be completed`, status);
  const isExcused = mayEnd || status !== 'completed' || world.calls.isTroubled(id);
  require(failed === 0 || isExcused, END, `answers to all lines of ${id}`, `${failed} failed`);
}

/** Checks that the model was asked each line once, but for the calls that the batch says were repeated, because a worker ended. */
function requireCalls({ calls }: World, { id, lines }: ModelBatch, repeated: number): void {
  const further = lines.reduce((sum, { mark }) => sum + Math.max(0, calls.callsOf(mark) - 1), 0);
  const most = calls.isTroubled(id) ? repeated : 0;
  require(further <= most, CALLS, `at most ${most} repeated calls of ${id}`, `${further}`);
}

const resultsOf = (text: string): Answer['json'][] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
