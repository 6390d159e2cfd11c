/**
 * `npm run test:sim:planted [-- PART...]`, with parts of names, plants each mistake of `mistakes.ts` in the simulated code. The simulation
 * with its seed must find it; otherwise the run fails.
 */
import { simulate } from '../simulate';
import { MISTAKES, type Mistake, PLANTED_RUN } from './mistakes';

/** The promise that the mistake broke; undefined if none was. */
async function foundBy({ seed, hasJobs = PLANTED_RUN.hasJobs, ...planted }: Mistake): Promise<string | undefined> {
  const { status, output } = await simulate({ ...PLANTED_RUN, hasJobs, seed }, planted);
  const [, promise] = /^seed \d+, (day \d+: .*)\n {2}expected /m.exec(output) ?? [];
  if (status !== 0 && promise === undefined) throw new Error(output.slice(-2_000));
  return promise;
}

async function main(parts: readonly string[]): Promise<number> {
  const chosen = MISTAKES.filter(({ name }) => parts.length === 0 || parts.some((part) => name.includes(part)));
  let missed = 0;
  for (const mistake of chosen) {
    const promise = await foundBy(mistake);
    if (promise === undefined) missed++;
    console.log(`${mistake.name}: seed ${mistake.seed}, ${promise ?? 'NOT FOUND'}`);
  }
  console.log(`${chosen.length} mistakes planted, ${missed} not found`);
  return chosen.length === 0 || missed > 0 ? 1 : 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
