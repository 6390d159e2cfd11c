/**
 * `npm run test:sim -- --seed N [--days D] [--members M] [--busy] [--no-jobs] [--verbose]` simulates a workspace: by default 1,000 days with 50 members.
 * The same options print the same bytes to standard output. If a promise is broken, it prints how to replay that, and fails.
 */
import { parseArgs } from 'node:util';
import { simulate } from './simulate';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '1000' },
    members: { type: 'string', default: '50' },
    busy: { type: 'boolean', default: false },
    'no-jobs': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});

const numberOf = (name: 'seed' | 'days' | 'members'): number => {
  if (/^\d{1,9}$/.test(values[name])) return Number(values[name]);
  throw new Error(`--${name} must be a whole number`);
};

const given = { seed: numberOf('seed'), days: numberOf('days'), members: numberOf('members') };

simulate({ ...given, isBusy: values.busy, hasJobs: !values['no-jobs'], isVerbose: values.verbose }).then(
  ({ status, output, seconds }) => {
    process.stdout.write(output);
    process.stderr.write(`${seconds.toFixed(1)} s of processor time\n`);
    process.exitCode = status;
  },
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
