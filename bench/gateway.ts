import { cpus } from 'node:os';
import { BEDROCK, type Contender, SERVER, start } from './gateway/contenders';
import { Figures } from './gateway/figures';
import {
  type EventCost,
  eventCost,
  LOAD_MS,
  LOAD_ROUNDS,
  oneAtATime,
  PER_ROUND,
  ROUNDS,
  underLoad,
  warmUp,
} from './gateway/measure';
import { tablesOf } from './gateway/tables';
import { named, targetsOf } from './gateway/targets';

/**
 * Measures the time that this gateway adds to a call, compared with a bare pass-through of the same stack and with Portkey, in one run.
 * The contenders take turns, so that a slow moment of the machine affects all of them.
 */
export async function gatewayBench(): Promise<void> {
  const { contenders, stop } = await start();
  try {
    await warmUp(contenders);
    const figures = new Figures(await oneAtATime(contenders), await underLoad(contenders));
    const events = await eventCosts(contenders);
    console.log(
      `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}); ${ROUNDS} rounds of ${PER_ROUND} single requests and ` +
        `${LOAD_ROUNDS} rounds of ${LOAD_MS} ms under load, medians over the rounds. API Gateway and Lambda are excluded, and the network.\n`,
    );
    console.log(tablesOf(contenders, figures, events));
    const targets = targetsOf(contenders, figures);
    for (const [target, met] of targets) console.log(`${met ? 'met   ' : 'MISSED'}  ${target}`);
    if (targets.some(([, met]) => !met)) process.exitCode = 1;
  } finally {
    stop();
  }
}

async function eventCosts(contenders: readonly Contender[]): Promise<ReadonlyMap<string, EventCost>> {
  const costs = new Map<string, EventCost>();
  for (const to of [BEDROCK, SERVER]) {
    const ours = named(contenders, `ours, ${to}`);
    costs.set(ours.name, await eventCost(ours));
  }
  return costs;
}
