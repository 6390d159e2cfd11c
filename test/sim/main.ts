import { options, random, time } from './engine/begin';
import { Simulation } from './simulation';
import { Violation } from './violation';

async function main(): Promise<number> {
  const before = process.cpuUsage();
  // A job may be in a step when a promise is broken: what it does later is not of the run.
  let isOver = false;
  const log = (line: string) => {
    if (options.isVerbose && !isOver) console.log(line);
  };
  const simulation = new Simulation(options, time, random, log);
  try {
    const digest = await simulation.run();
    const { user, system } = process.cpuUsage(before);
    console.log(`seed ${options.seed}: ${options.days} days, ${simulation.requests} requests, digest ${digest}`);
    console.error(`${((user + system) / 1e6).toFixed(1)} s of processor time`);
    return 0;
  } catch (error) {
    isOver = true;
    for (const line of simulation.lastLines) console.log(line);
    const what =
      error instanceof Violation
        ? `${error.promise}\n  expected ${error.expected}\n  found    ${error.found}`
        : `${(error as Error).stack}`;
    console.log(`seed ${options.seed}, day ${simulation.day}: ${what}`);
    const more = (options.isBusy ? ' --busy' : '') + (options.hasJobs ? '' : ' --no-jobs');
    console.log(
      `replay: npm run test:sim -- --seed ${options.seed} --days ${options.days} --members ${options.members}${more}`,
    );
    return 1;
  }
}

// If all that is left waits for something that never happens, the process ends by itself.
process.exitCode = 1;
main().then((code) => {
  process.exitCode = code;
});
