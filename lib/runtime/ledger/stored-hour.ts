import { gunzipSync } from 'node:zlib';
import { RESIDENCY_EVENT } from '../../contract/metrics';
import { type LeafLine, leafLine, readLeafLine } from '../../ledger/leaf-line';
import { evidenceLine } from './evidence-line';
import type { Hour } from './hour';
import type { HourLog } from './hour-log';
import { LedgerFork } from './ledger-fork';
import type { Numbered } from './streams';

/**
 * The lines of an hour's file.
 *
 * @throws LedgerFork if it isn't that of the hour
 */
export function readLines(bytes: Buffer, hour: Hour): LeafLine[] {
  const lines = leavesIn(bytes, hour);
  const end = lines.at(-1)?.record;
  if (end?.event === 'hour' && end.hour === hour) return lines;
  throw new LedgerFork(`the stored records of hour ${hour} don't end with the leaf of that hour`);
}

function leavesIn(bytes: Buffer, hour: Hour): LeafLine[] {
  try {
    const texts = gunzipSync(bytes).toString('utf8').split('\n');
    return texts.filter((line) => line !== '').map(readLeafLine);
  } catch {
    throw new LedgerFork(`the stored records of hour ${hour} aren't lines of leaves, compressed with gzip`);
  }
}

/**
 * Compares the records that another run, or another principal, stored with those of the logs. A log may have more, which are then late. It
 * may have been deleted since, which must not end the ledger.
 *
 * @returns how many aren't in the logs
 * @throws LedgerFork if the logs have another record with the same number
 */
export function requireLogged(lines: readonly LeafLine[], hour: Hour, log: HourLog): number {
  const logged = new Map<string, Set<string>>();
  for (const { message } of log.lines) {
    const line = evidenceLine(message);
    if (line === undefined) continue;
    const texts = logged.get(numberOf(line.record)) ?? new Set();
    texts.add(leafLine(line.record, Buffer.from(line.salt, 'base64url')));
    logged.set(numberOf(line.record), texts);
  }
  let absent = 0;
  for (const { record, salt } of lines) {
    if (record.event !== RESIDENCY_EVENT) continue;
    const texts = logged.get(numberOf(record as unknown as Numbered));
    if (texts === undefined) absent += 1;
    else if (!texts.has(leafLine(record, salt))) {
      throw new LedgerFork(`the gateways' logs have other records than the stored ones of hour ${hour}`);
    }
  }
  // Of logs that can't be read as a whole, a record may be in the other part.
  return log.overflows.length > 0 ? 0 : absent;
}

const numberOf = ({ stream, seq }: Numbered): string => `${stream}/${seq}`;
