import { install } from './install';
import { prepareOnce } from './prepared';
import { Random } from './random';
import { VirtualTime } from './virtual-time';

/** The options of the run, as `run.ts` gives them. */
export const options = JSON.parse(process.argv[2] ?? '{}') as {
  readonly seed: number;
  readonly days: number;
  readonly members: number;
  readonly isBusy: boolean;
  readonly hasJobs: boolean;
  readonly isVerbose: boolean;
};

export const time = new VirtualTime(Date.UTC(2027, 0, 1));

/** Decides what people do, and what happens to calls. What the code draws is apart, so that it changes neither. */
export const random = new Random(`simulation ${options.seed}`);

// Libraries take the functions of the platform when they are loaded, so this module is the first.
install(time, new Random(`code ${options.seed}`));
prepareOnce();
