import { dayPrefix, LEDGER_START, STATE_ENDING } from '../../contract/objects';
import { type Hour, hourOf, lastFinished, startOf } from './hour';
import { type HourState, readState, stateBefore } from './hour-state';
import { LedgerFork } from './ledger-fork';
import type { LedgerObjects } from './ledger-objects';

const DAY_MS = 86_400_000;

/**
 * The state of the last hour that is closed. A new ledger begins with the last finished hour, which is stored, so that no second one
 * can begin.
 *
 * @param days how long states are retained
 * @throws LedgerFork if the ledger has begun, and has no state within this time
 */
export async function lastState(
  objects: Pick<LedgerObjects, 'putOnce' | 'get' | 'list'>,
  now: Date,
  days: number,
): Promise<HourState> {
  const started = await objects.putOnce(LEDGER_START, Buffer.from(`${JSON.stringify({ hour: lastFinished(now) })}\n`));
  const first: Hour = JSON.parse(started.toString('utf8')).hour;
  const firstDay = dayPrefix(first);
  for (let at = now.getTime(), day = 0; day <= days; at -= DAY_MS, day += 1) {
    const prefix = dayPrefix(hourOf(at));
    const states = (await objects.list(prefix)).filter((key) => key.endsWith(STATE_ENDING));
    const last = states.at(-1);
    if (last !== undefined) return readState(await objects.get(last));
    if (prefix <= firstDay) return stateBefore(first);
  }
  throw new LedgerFork(
    `the ledger began on ${new Date(startOf(first)).toISOString()}, and no state of the last ${days} days was found`,
  );
}
