import { append, type Frontier } from '../../../ledger/frontier';
import { type LeafLine, readLeafLine } from '../../../ledger/leaf-line';
import type { Bundle } from '../bundle/bundle';
import { lineBatches } from '../bundle/lines';
import { unzipped } from '../bundle/unzipped';
import type { Findings } from '../shared/finding';
import type { Checkpoints } from './checkpoints';
import { type Hour, hourOfLeaves, hoursAfter, leavesFile, START_FILE, stateFile } from './hour-files';
import { firstHour, stateAfter, stateBefore } from './hour-state';

/** A leaf of an hour. Its index is known if the tree before the hour is. */
export type OnLeaf = (leaf: LeafLine, at: { readonly hour: Hour; readonly index: number | undefined }) => void;

/** The first and the last hour. */
interface Period {
  readonly from: Hour;
  readonly to: Hour;
}

/** What the hours of a bundle are. */
export interface Hours {
  readonly count: number;
  readonly leaves: number;
  /** The hour with which the ledger begins, if its leaves prove it. */
  readonly first?: Hour;
}

/**
 * Reads the leaves of all hours, each from the tree before it, and compares the tree after it with a checkpoint. So a wrong hour is
 * one finding, and says nothing about the others.
 *
 * @param period the hours that must be there
 */
export async function readHours(
  bundle: Bundle,
  checkpoints: Checkpoints,
  period: Period | undefined,
  findings: Findings,
  onLeaf: OnLeaf,
): Promise<Hours> {
  const stated = firstHour(bundle);
  const hours = hoursOf(bundle, findings);
  let before: Frontier | undefined;
  let last: Hour | undefined;
  let leaves = 0;
  let first: Hour | undefined;
  for (const hour of hours) {
    const isNext = last !== undefined && hoursAfter(last, 1) === hour;
    const start = (isNext ? before : undefined) ?? stateBefore(hour, stated, bundle, checkpoints, findings);
    const read = await readHour(hour, bundle, start, findings, onLeaf);
    leaves += read.leaves;
    before = verified(hour, read, { start, bundle, checkpoints, findings });
    last = hour;
    // The file that states it isn't signed. Leaves that lead from nothing to a signed tree can't have others before them.
    if (hour === stated && start?.size === 0 && before !== undefined && before.size > 0) first = hour;
  }
  if (stated !== undefined) requireStart(stated, hours, period, findings);
  const missing = missingHours(hours, period, first);
  for (const [from, to] of missing) {
    findings.gap(
      leavesFile(from),
      from === to ? 'no such file' : `no file up to ${leavesFile(to)}`,
      'the leaves of each hour',
    );
  }
  if (missing.length === 0) checkpoints.reportUnreached(findings);
  return { count: hours.length, leaves, first };
}

/** The hours of the leaves of a bundle, sorted. */
function hoursOf(bundle: Bundle, findings: Findings): Hour[] {
  const hours: Hour[] = [];
  for (const file of bundle.files) {
    const hour = hourOfLeaves(file);
    if (hour !== undefined) hours.push(hour);
    else if (/^ledger\/.*\.ndjson\.gz$/.test(file))
      findings.failure(file, 'leaves of no hour', 'YYYY/MM/DD/HH.ndjson.gz');
  }
  return hours.sort();
}

/** The ledger begins at or before the end of the period, and no hour is before it. */
function requireStart(stated: Hour, hours: readonly Hour[], period: Period | undefined, findings: Findings): void {
  const [earliest] = hours;
  if (earliest !== undefined && earliest < stated) {
    findings.failure(
      leavesFile(earliest),
      `an hour before ${stated}, with which the ledger begins`,
      'no hour before it',
    );
  }
  if (period !== undefined && stated > period.to) {
    findings.gap(START_FILE, `the ledger begins with ${stated}`, 'a ledger that begins before the period ends');
  }
}

interface ReadHour {
  readonly leaves: number;
  readonly frontier: Frontier | undefined;
  readonly isWhole: boolean;
}

async function readHour(
  hour: Hour,
  bundle: Bundle,
  start: Frontier | undefined,
  findings: Findings,
  onLeaf: OnLeaf,
): Promise<ReadHour> {
  const file = leavesFile(hour);
  let frontier = start;
  let leaves = 0;
  let last: LeafLine | undefined;
  try {
    for await (const lines of lineBatches(unzipped(bundle.stream(file)))) {
      for (const line of lines) {
        leaves += 1;
        last = readLeafLine(line);
        onLeaf(last, { hour, index: frontier?.size });
        if (frontier !== undefined) frontier = append(frontier, last.hash);
      }
    }
  } catch (error) {
    findings.failure(file, `in line ${leaves}: ${(error as Error).message}`, 'lines of leaves, compressed with gzip');
    return { leaves, frontier, isWhole: false };
  }
  if (last?.record.event !== 'hour' || last.record.hour !== hour) {
    findings.failure(file, 'another leaf at its end', 'the leaf that ends this hour');
  }
  return { leaves, frontier, isWhole: true };
}

/** The tree after an hour if a checkpoint confirms it, with a finding otherwise. */
function verified(
  hour: Hour,
  { leaves, frontier, isWhole }: ReadHour,
  {
    start,
    bundle,
    checkpoints,
    findings,
  }: { start: Frontier | undefined; bundle: Bundle; checkpoints: Checkpoints; findings: Findings },
): Frontier | undefined {
  const file = leavesFile(hour);
  if (start === undefined || frontier === undefined) {
    findings.gap(file, 'no confirmed tree of the hour before', 'its state, and a checkpoint that confirms it');
    return undefined;
  }
  if (!isWhole) return undefined;
  const isConfirmed = checkpoints.confirms(frontier);
  const state = stateAfter(hour, bundle, checkpoints, findings);
  if (isConfirmed) {
    // An audit of the next hour alone would begin with it.
    if (state !== undefined && state.size !== frontier.size) {
      findings.failure(stateFile(hour), `a tree of ${state.size} leaves`, `that of ${frontier.size} leaves`);
    }
    return frontier;
  }
  if (state === undefined) {
    findings.failure(file, `${leaves} leaves, whose tree no checkpoint confirms`, 'the leaves of a checkpoint');
  } else if (state.size !== frontier.size) {
    findings.failure(file, `${leaves} leaves`, `${state.size - start.size} leaves, by the checkpoint of ${state.size}`);
  } else {
    findings.failure(file, 'changed or reordered leaves', `those of the checkpoint of ${state.size} leaves`);
  }
  return undefined;
}

/** Ranges of hours without a file: in the period, and between the hours that are there. */
function missingHours(hours: readonly Hour[], period: Period | undefined, first: Hour | undefined): [Hour, Hour][] {
  const start = [...(period ? [period.from] : []), ...hours.slice(0, 1)].sort()[0];
  const end = [...(period ? [period.to] : []), ...hours.slice(-1)].sort().at(-1);
  const ranges: [Hour, Hour][] = [];
  if (start === undefined || end === undefined) return ranges;
  let next = first !== undefined && first > start ? first : start;
  for (const hour of [...hours.filter((one) => one >= next), hoursAfter(end, 1)]) {
    if (hour > next) ranges.push([next, hoursAfter(hour, -1)]);
    next = hoursAfter(hour, 1);
  }
  return ranges;
}
