import { EMPTY_FRONTIER, type Frontier, frontierOf } from '../../ledger/frontier';
import { type Hour, hoursAfter } from './hour';
import type { Streams } from './streams';

/** What the next hour needs of the hours before it. */
export interface HourState {
  readonly hour: Hour;
  readonly frontier: Frontier;
  readonly streams: Streams;
}

/** The state of a ledger that begins with an hour: nothing was before it. */
export const stateBefore = (hour: Hour): HourState => ({
  hour: hoursAfter(hour, -1),
  frontier: EMPTY_FRONTIER,
  streams: {},
});

/** A state as the bucket stores it. */
export function stateText({ hour, frontier, streams }: HourState): Buffer {
  const nodes = frontier.nodes.map((node) => node.toString('base64'));
  return Buffer.from(`${JSON.stringify({ hour, size: frontier.size, nodes, streams })}\n`);
}

/**
 * Reads a state.
 *
 * @throws if it can't be one
 */
export function readState(text: Buffer): HourState {
  const { hour, size, nodes, streams } = JSON.parse(text.toString('utf8'));
  return {
    hour,
    frontier: frontierOf(
      size,
      nodes.map((node: string) => Buffer.from(node, 'base64')),
    ),
    streams,
  };
}
