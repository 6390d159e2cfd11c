import { EMPTY_FRONTIER, type Frontier, frontierOf } from '../../ledger/frontier';
import { type Hour, hoursAfter } from './hour';
import type { Streams } from './streams';

/** What the next hour needs of the hours before it. */
export interface HourState {
  readonly hour: Hour;
  readonly frontier: Frontier;
  readonly streams: Streams;
  /** Records of the hour that a run stored, and that no log had when another run continued the hour; absent if none. */
  readonly unlogged?: number;
}

/** The state of a ledger that begins with an hour: nothing was before it. */
export const stateBefore = (hour: Hour): HourState => ({
  hour: hoursAfter(hour, -1),
  frontier: EMPTY_FRONTIER,
  streams: {},
});

/** A state as the bucket stores it. */
export function stateText({ hour, frontier, streams, unlogged }: HourState): Buffer {
  const nodes = frontier.nodes.map((node) => node.toString('base64'));
  return Buffer.from(`${JSON.stringify({ hour, size: frontier.size, nodes, streams, unlogged })}\n`);
}

/**
 * Reads a state.
 *
 * @throws if it can't be one
 */
export function readState(text: Buffer): HourState {
  const { hour, size, nodes, streams, unlogged } = JSON.parse(text.toString('utf8'));
  return {
    hour,
    frontier: frontierOf(
      size,
      nodes.map((node: string) => Buffer.from(node, 'base64')),
    ),
    streams,
    unlogged,
  };
}

/** A stored state, if its hour and its tree are those of another one. Runs of an hour may find different logs. */
export function sameState(stored: Buffer, { unlogged: _, ...state }: HourState): HourState | undefined {
  const text = stateText(state);
  if (stored.equals(text)) return state;
  try {
    const { unlogged, ...found } = readState(stored);
    return stateText(found).equals(text) ? { ...found, unlogged } : undefined;
  } catch {
    return undefined;
  }
}
