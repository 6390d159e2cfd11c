import { gzipSync } from 'node:zlib';
import { checkpointKey, hourKey, stateKey } from '../../contract/objects';
import { checkpointText } from '../../ledger/checkpoint';
import { append, type Frontier, rootOf } from '../../ledger/frontier';
import { type LeafLine, leafLine } from '../../ledger/leaf-line';
import { readNote } from '../../ledger/note';
import { signedBy } from '../../ledger/signatures';
import type { CheckpointSigner } from './checkpoint-signer';
import type { GatewayLogs } from './gateway-logs';
import { hoursAfter } from './hour';
import { type HourRecord, hourLines, type LedgerRecord, streamsAfter } from './hour-lines';
import { readHour } from './hour-log';
import { type HourState, stateText } from './hour-state';
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

/** Receives what a closed hour has, and the leaves of the tree. */
export type OnClosed = (counts: HourRecord, hasOverflow: boolean, size: number) => void;

/**
 * Closes the hour after a state. Its lines are written first, and only once: everything else follows from them and from the state. So a
 * run that repeats a step, or that another run overtakes, writes the same tree.
 *
 * @param closed called before the state is written, so that each hour is counted, if need be twice
 * @throws LedgerFork if the bucket holds another tree
 */
export async function closeHour(before: HourState, parts: HourParts, closed: OnClosed): Promise<HourState> {
  const hour = hoursAfter(before.hour, 1);
  const isFirst = before.frontier.size === 0;
  const { objects, signer } = parts;
  const lines = await linesOf(before, parts);
  const frontier = lines.reduce((tree, { hash }) => append(tree, hash), before.frontier);
  const text = textOf(frontier, signer);
  const note = await objects.putOnce(checkpointKey(frontier.size), await signer.sign(text));
  requireSame(note, text, signer, frontier.size);
  const state: HourState = { hour, frontier, streams: streamsAfter(before.streams, lines, hour, isFirst) };
  const records = lines.map(({ record }) => record as unknown as LedgerRecord);
  closed(
    records.at(-1) as HourRecord,
    records.some(({ event }) => event === 'overflow'),
    frontier.size,
  );
  const stored = await objects.putOnce(stateKey(hour), stateText(state));
  if (!stored.equals(stateText(state)))
    throw new LedgerFork(`the stored state of hour ${hour} isn't that of its lines`);
  return state;
}

/** The stored lines of the hour, read from the logs if no run has stored them yet. Those of another run must be in the logs. */
async function linesOf(before: HourState, { logs, objects, salt }: HourParts): Promise<LeafLine[]> {
  const hour = hoursAfter(before.hour, 1);
  const isFirst = before.frontier.size === 0;
  const key = hourKey(hour);
  let stored = await objects.find(key);
  if (stored === undefined) {
    const lines = hourLines(await readHour(hour, logs), { hour, streams: before.streams, isFirst, salt });
    const texts = lines.map((line) => `${leafLine(line.record, Buffer.from(line.salt, 'base64url'))}\n`);
    const own = gzipSync(texts.join(''));
    stored = await objects.putOnce(key, own);
    if (stored.equals(own)) return readLines(stored, hour);
  }
  const lines = readLines(stored, hour);
  requireLogged(lines, hour, await readHour(hour, logs));
  return lines;
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
