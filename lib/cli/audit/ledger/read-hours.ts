import { append, type Frontier } from '../../../ledger/frontier';
import { type LeafLine, readLeafLine } from '../../../ledger/leaf-line';
import type { Bundle } from '../bundle/bundle';
import { lineBatches } from '../bundle/lines';
import { unzipped } from '../bundle/unzipped';
import type { Findings } from '../shared/finding';
import type { Checkpoints } from './checkpoints';
import { type Hour, hourOfLeaves, hoursAfter, leavesFile } from './hour-files';
import { firstHour, stateAfter, stateBefore } from './hour-state';

/** A leaf of an hour. Its index is known if the tree before the hour is. */
export type OnLeaf = (leaf: LeafLine, at: { readonly hour: Hour; readonly index: number | undefined }) => void;

/** What the hours of a bundle are. */
export interface Hours {
  readonly count: number;
  readonly leaves: number;
  /** The hour with which the ledger begins, if the bundle says it. */
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
  period: { readonly from: Hour; readonly to: Hour } | undefined,
  findings: Findings,
  onLeaf: OnLeaf,
): Promise<Hours> {
  const first = firstHour(bundle);
  const hours = bundle.files.flatMap((file) => hourOfLeaves(file) ?? []).sort();
  const missing = missingHours(hours, period, first);
  for (const [from, to] of missing) {
    findings.gap(
      leavesFile(from),
      from === to ? 'no such file' : `no file up to ${leavesFile(to)}`,
      'the leaves of each hour',
    );
  }
  let before: Frontier | undefined;
  let last: Hour | undefined;
  let leaves = 0;
  for (const hour of hours) {
    const isNext = last !== undefined && hoursAfter(last, 1) === hour;
    const start = (isNext ? before : undefined) ?? stateBefore(hour, first, bundle, checkpoints, findings);
    const read = await readHour(hour, bundle, start, findings, onLeaf);
    leaves += read.leaves;
    before = verified(hour, read, { start, bundle, checkpoints, findings });
    last = hour;
  }
  if (missing.length === 0) checkpoints.reportUnreached(findings);
  return { count: hours.length, leaves, first };
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
  if (checkpoints.confirms(frontier)) return frontier;
  const state = stateAfter(hour, bundle, checkpoints, findings);
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
function missingHours(
  hours: readonly Hour[],
  period: { readonly from: Hour; readonly to: Hour } | undefined,
  first: Hour | undefined,
): [Hour, Hour][] {
  const present = new Set(hours);
  const start = [...(period ? [period.from] : []), ...hours.slice(0, 1)].sort()[0];
  const end = [...(period ? [period.to] : []), ...hours.slice(-1)].sort().at(-1);
  const ranges: [Hour, Hour][] = [];
  if (start === undefined || end === undefined) return ranges;
  for (let hour = first !== undefined && first > start ? first : start; hour <= end; hour = hoursAfter(hour, 1)) {
    const range = ranges.at(-1);
    if (present.has(hour)) continue;
    if (range !== undefined && hoursAfter(range[1], 1) === hour) range[1] = hour;
    else ranges.push([hour, hour]);
  }
  return ranges;
}
