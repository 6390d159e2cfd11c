import { EMPTY_FRONTIER, type Frontier, frontierOf } from '../../../ledger/frontier';
import type { Bundle } from '../bundle/bundle';
import type { Findings } from '../shared/finding';
import type { Checkpoints } from './checkpoints';
import { type Hour, hoursAfter, isHour, START_FILE, stateFile } from './hour-files';
import type { Numbers } from './numbers';
import type { Range } from './ranges';

const MOST_BYTES = 64 * 1_024 * 1_024;

/** The tree after an hour, if a checkpoint confirms it. */
export function stateAfter(
  hour: Hour,
  bundle: Bundle,
  checkpoints: Checkpoints,
  findings: Findings,
): Frontier | undefined {
  const file = stateFile(hour);
  if (!bundle.has(file)) return undefined;
  try {
    const found = JSON.parse(bundle.read(file, MOST_BYTES).toString());
    const nodes: Buffer[] = found.nodes.map((node: string) => Buffer.from(node, 'base64'));
    const frontier = frontierOf(found.size, nodes);
    if (found.hour !== hour) throw new Error('it is of another hour');
    if (checkpoints.confirms(frontier)) return frontier;
    findings.failure(file, `a tree of ${frontier.size} leaves that no checkpoint confirms`, 'the tree of a checkpoint');
  } catch (error) {
    const why = error instanceof SyntaxError || error instanceof TypeError ? 'another form' : (error as Error).message;
    findings.failure(file, why, 'JSON with the hour, and the size and nodes of its tree');
  }
  return undefined;
}

/** Tells which numbers arrived up to an hour, as its state has them. They aren't signed: a number that is wrong makes a finding. */
export function seedNumbers(hour: Hour, bundle: Bundle, numbers: Numbers): void {
  const file = stateFile(hour);
  if (!bundle.has(file)) return;
  try {
    const { streams = {} } = JSON.parse(bundle.read(file, MOST_BYTES).toString());
    for (const [name, { next, missing }] of Object.entries<{ next: number; missing: Range[] }>(streams)) {
      const isWhole = [next, ...missing.flat()].every((number) => Number.isSafeInteger(number) && number >= 0);
      if (isWhole && /^[\w-]{1,64}$/.test(name)) numbers.seed(name, next, missing);
    }
  } catch {
    // `stateAfter` names a state of another form.
  }
}

/** The hour with which the ledger begins, as the bundle states it; undefined if the bundle doesn't say. */
export function firstHour(bundle: Bundle): Hour | undefined {
  if (!bundle.has(START_FILE)) return undefined;
  try {
    const { hour } = JSON.parse(bundle.read(START_FILE, 1_024).toString());
    return isHour(hour) ? hour : undefined;
  } catch {
    return undefined;
  }
}

/** The tree before an hour: empty for the first one, otherwise that after the hour before. */
export function stateBefore(
  hour: Hour,
  first: Hour | undefined,
  ...rest: [Bundle, Checkpoints, Findings]
): Frontier | undefined {
  return hour === first ? EMPTY_FRONTIER : stateAfter(hoursAfter(hour, -1), ...rest);
}
