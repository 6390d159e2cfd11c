import type { CommandHelp } from '../help/command-help';

export const FACTS_HELP: CommandHelp = {
  summary: 'Compare the facts with what Bedrock answers, or accept newer ones',
  usage: [['facts verify [OPTIONS]'], ['facts update FILE [--config FILE]']],
  options: [
    ['--config FILE', 'configuration whose profiles and boundary apply; default: residency.yaml'],
    ['--all', 'every profile of the facts that a Region in the boundary can call, not only those of the configuration'],
    ['--write', 'save the answers in residency-facts.yaml next to the configuration; synthesis uses them'],
    ['--format pretty|json', 'default: pretty'],
  ],
  notes: [
    'facts verify calls STS in one Region, and Bedrock in each Region that a profile is called in. It uses your own ' +
      'credentials and changes nothing in the account.',
    'facts update verifies the signature of a facts release, and copies it next to the configuration. It calls nothing.',
  ],
  examples: ['facts verify --write', 'facts update residency-facts.release.json'],
  exitCodes: [
    [0, 'every profile stays inside the boundary, or the facts release was accepted'],
    [1, "a profile routes outside the boundary, or Bedrock doesn't know it"],
    [2, "an answer couldn't be read, or the facts release was refused"],
  ],
};

/** Runs `facts`; the exit code. Only what asks Bedrock loads the AWS SDK. */
export function facts(args: readonly string[]): number | Promise<number> {
  if (args[0] === 'update') {
    const { updateFacts } = require('../facts/update-facts') as typeof import('../facts/update-facts');
    return updateFacts(args.slice(1));
  }
  const { runFacts } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runFacts(args);
}
