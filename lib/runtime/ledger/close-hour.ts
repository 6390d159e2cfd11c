import { gzipSync } from 'node:zlib';
import { checkpointKey, hourKey, stateKey } from '../../contract/objects';
import { checkpointText } from '../../ledger/checkpoint';
import { append, type Frontier, rootOf } from '../../ledger/frontier';
import { type LeafLine, leafLine } from '../../ledger/leaf-line';
import { readNote } from '../../ledger/note';
import { signedBy } from '../../ledger/signatures';
import type { CheckpointSigner } from './checkpoint-signer';
import type { GatewayLogs } from './gateway-logs';
import { type Hour, hoursAfter } from './hour';
import { type HourRecord, hourLines, type LedgerRecord, streamsAfter } from './hour-lines';
import { readHour } from './hour-log';
import { type HourState, sameState, stateText } from './hour-state';
import { LedgerFork } from './ledger-fork';
import type { LedgerObjects } from './ledger-objects';
import { readLines, requireLogged } from './stored-hour';

/** What closes an hour. */
export interface HourParts {
  readonly logs: Pick<GatewayLogs, 'lines'>;
  readonly objects: Pick<LedgerObjects, 'putOnce' | 'get' | 'find' | 'list' | 'replacements'>;
  readonly signer: Pick<CheckpointSigner, 'key' | 'sign'>;
  readonly salt: () => string;
}

/** What is known of an hour that is closed. */
export interface ClosedHour {
  readonly counts: HourRecord;
  readonly hasOverflow: boolean;
  /** Leaves of the tree. */
  readonly size: number;
  /** Its stored records that no log has. */
  readonly unlogged: number;
}

export type OnClosed = (closed: ClosedHour) => void;

/**
 * Closes the hour after a state. Its lines are written first, and only once: everything else follows from them and from the state. So a
 * run that repeats a step, or that another run overtakes, writes the same tree.
 *
 * @param first the hour with which the ledger begins
 * @param closed called before the state is written, so that each hour is counted, if need be twice
 * @throws LedgerFork if the bucket holds another tree
 */
export async function closeHour(
  before: HourState,
  first: Hour,
  parts: HourParts,
  closed: OnClosed,
): Promise<HourState> {
  const hour = hoursAfter(before.hour, 1);
  const isFirst = before.frontier.size === 0;
  const { objects, signer } = parts;
  const { lines, unlogged } = await linesOf(before, first, parts);
  const frontier = lines.reduce((tree, { hash }) => append(tree, hash), before.frontier);
  const text = textOf(frontier, signer);
  const note = await objects.putOnce(checkpointKey(frontier.size), await signer.sign(text));
  requireSame(note, text, signer, frontier.size);
  const streams = streamsAfter(before.streams, lines, hour, isFirst);
  const state: HourState = { hour, frontier, streams, ...(unlogged > 0 && { unlogged }) };
  const records = lines.map(({ record }) => record as unknown as LedgerRecord);
  const counts = records.at(-1) as HourRecord;
  closed({ counts, hasOverflow: records.some(({ event }) => event === 'overflow'), size: frontier.size, unlogged });
  const stored = await objects.putOnce(stateKey(hour), stateText(state));
  const written = sameState(stored, state);
  if (written === undefined) throw new LedgerFork(`the stored state of hour ${hour} isn't that of its lines`);
  return written;
}

interface StoredLines {
  readonly lines: LeafLine[];
  readonly unlogged: number;
}

/** The ledger is deployed minutes after the gateways, which may be in the hour after its first one. */
const EARLY_HOURS = 1;

/** The stored lines of the hour, read from the logs if no run has stored them yet. Those of another run must be in the logs. */
async function linesOf(before: HourState, first: Hour, { logs, objects, salt }: HourParts): Promise<StoredLines> {
  const hour = hoursAfter(before.hour, 1);
  const { streams, unlogged } = before;
  const key = hourKey(hour);
  let stored = await objects.find(key);
  if (stored === undefined) {
    const isFirst = before.frontier.size === 0;
    const isEarly = hour <= hoursAfter(first, EARLY_HOURS);
    const log = await readHour(hour, streams, logs);
    const lines = hourLines(log, { hour, streams, isFirst, isEarly, unlogged, salt });
    const texts = lines.map((line) => `${leafLine(line.record, Buffer.from(line.salt, 'base64url'))}\n`);
    const own = gzipSync(texts.join(''));
    stored = await objects.putOnce(key, own);
    if (stored.equals(own)) return { lines: readLines(stored, hour), unlogged: 0 };
  }
  const lines = readLines(stored, hour);
  return { lines, unlogged: requireLogged(lines, hour, await readHour(hour, streams, logs)) };
}

const textOf = (frontier: Frontier, { key }: HourParts['signer']): string =>
  checkpointText({ origin: key.name, size: frontier.size, root: rootOf(frontier), extensions: [] });

/** A checkpoint that another run wrote first must be this one, and of the same key. */
function requireSame(note: Buffer, text: string, { key }: HourParts['signer'], size: number): void {
  const read = readNote(note.toString('utf8'));
  if (read.text !== text)
    throw new LedgerFork(`the checkpoint of ${size} leaves states another tree than their records`);
  const signed = signedBy(key, read);
  if (!signed.isSigned) throw new LedgerFork(`the checkpoint of ${size} leaves isn't this ledger's: ${signed.why}`);
}

/**
 * Compares the checkpoint of a state with it.
 *
 * @throws LedgerFork if they differ
 */
export async function requireCheckpoint({ frontier }: HourState, { objects, signer }: HourParts): Promise<void> {
  if (frontier.size === 0) return;
  const note = await objects.get(checkpointKey(frontier.size));
  requireSame(note, textOf(frontier, signer), signer, frontier.size);
}
