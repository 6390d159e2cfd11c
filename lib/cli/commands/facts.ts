import type { CommandHelp } from '../help/command-help';
export const FACTS_HELP: CommandHelp = {
  summary: 'Compare where inference profiles route with what Bedrock answers',
  usage: [['facts verify [OPTIONS]']],
  options: [
    ['--config FILE', 'configuration whose profiles and boundary apply; default: residency.yaml'],
    ['--all', 'every profile of the facts that a Region in the boundary can call, not only those of the configuration'],
    ['--write', 'save the answers in residency-facts.yaml next to the configuration; synthesis uses them'],
    ['--format pretty|json', 'default: pretty'],
  ],
  notes: [
    'The command calls STS in one Region, and Bedrock in each Region that a profile is called in. It uses your own ' +
      'credentials and changes nothing in the account.',
  ],
  examples: ['facts verify --write'],
  exitCodes: [
    [0, 'every profile stays inside the boundary'],
    [1, "a profile routes outside the boundary, or Bedrock doesn't know it"],
    [2, "an answer couldn't be read"],
  ],
};

/** Runs `facts`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function facts(args: readonly string[]): Promise<number> {
  const { runFacts } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runFacts(args);
}
