import { dayPrefix, HOURS_PREFIX, LEDGER_START, STATE_ENDING, stateKey } from '../../contract/objects';
import { type Hour, hourOf, lastFinished, startOf } from './hour';
import { type HourState, readState, stateBefore } from './hour-state';
import { LedgerFork } from './ledger-fork';
import type { LedgerObjects } from './ledger-objects';

const DAY_MS = 86_400_000;

/** Where the ledger is. */
export interface LastState {
  /** The hour with which it begins. */
  readonly first: Hour;
  readonly state: HourState;
}

/**
 * The state of the last hour that is closed. A new ledger begins with the last finished hour, which is stored, so that no second one
 * can begin.
 *
 * @param days how long states are retained
 * @throws LedgerFork if the ledger has begun, and has no state within this time, or has states although it is to begin
 */
export async function lastState(
  objects: Pick<LedgerObjects, 'putOnce' | 'get' | 'find' | 'list'>,
  now: Date,
  days: number,
): Promise<LastState> {
  const first = await firstHour(objects, now);
  const firstDay = dayPrefix(first);
  for (let at = now.getTime(), day = 0; day <= days; at -= DAY_MS, day += 1) {
    const prefix = dayPrefix(hourOf(at));
    const states = (await objects.list(prefix)).filter((key) => key.endsWith(STATE_ENDING));
    const last = states.at(-1);
    if (last !== undefined) return { first, state: stateOf(last, await objects.get(last)) };
    if (prefix <= firstDay) return { first, state: await beginning(first, objects) };
  }
  throw new LedgerFork(
    `the ledger began on ${new Date(startOf(first)).toISOString()}, and no state of the last ${days} days was found`,
  );
}

/** Writing a beginning that was deleted again would hide which hour it had. */
async function firstHour(objects: Pick<LedgerObjects, 'putOnce' | 'find' | 'list'>, now: Date): Promise<Hour> {
  const hour = lastFinished(now);
  let started = await objects.find(LEDGER_START);
  if (started === undefined) {
    await requireNoState(objects, `${LEDGER_START} has no version`);
    started = await objects.putOnce(LEDGER_START, Buffer.from(`${JSON.stringify({ hour })}\n`));
  }
  return JSON.parse(started.toString('utf8')).hour;
}

function stateOf(key: string, text: Buffer): HourState {
  const state = readState(text);
  if (stateKey(state.hour) !== key) throw new LedgerFork(`${key} holds the state of another hour`);
  return state;
}

/** The state before the first hour. A beginning that was deleted and written again has states of hours before it. */
async function beginning(first: Hour, objects: Pick<LedgerObjects, 'list'>): Promise<HourState> {
  await requireNoState(objects, `the ledger would begin with ${first}`);
  return stateBefore(first);
}

async function requireNoState(objects: Pick<LedgerObjects, 'list'>, found: string): Promise<void> {
  const state = (await objects.list(HOURS_PREFIX)).find((key) => key.endsWith(STATE_ENDING));
  if (state !== undefined) throw new LedgerFork(`${found}, but ${state} exists`);
}
