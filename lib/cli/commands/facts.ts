import type { CommandHelp } from '../help/command-help';

export const FACTS_HELP: CommandHelp = {
  summary: 'Verify facts with Bedrock, accept newer ones, or admit a model',
  usage: [
    ['facts verify [OPTIONS]', 'compare where inference profiles route with what Bedrock answers'],
    ['facts update FILE [--config FILE]', 'accept newer facts that the maintainers signed'],
    [
      'facts admit ID --reason TEXT --approved-by NAME --expires DATE [OPTIONS]',
      "save Bedrock's own answer about a model or profile that no release of the facts knows, as two people admit it",
    ],
  ],
  options: [
    ['--config FILE', 'configuration whose profiles and boundary apply; default: residency.yaml'],
    [
      '--all',
      'verify: every profile of the facts that a Region in the boundary can call, not only those of the configuration',
    ],
    ['--write', 'verify: save the answers in residency-facts.yaml next to the configuration; synthesis uses them'],
    ['ID', 'admit: the id of an inference profile or of a model, such as eu.anthropic.claude-opus-5-5'],
    ['--region REGION', 'admit: the Region in which it is called; default: the primary Region of the configuration'],
    ['--reason TEXT', 'admit: why this deployment needs it'],
    ['--requested-by NAME', 'admit: who requests it; default: your identity, as STS names it'],
    ['--approved-by NAME', 'admit: who approves it; a person other than the requester'],
    ['--expires DATE', 'admit: the first day on which it no longer counts, at most 180 days ahead'],
    [
      '--retains nothing|30d',
      "admit: what the provider retains while Bedrock's retention mode is none; required if the facts don't know it",
    ],
    ['--retention-reason TEXT', 'admit: where the provider says so'],
    ['--like MODEL_ID', 'admit: a model of the facts that accepts the same parameters; default: messages only'],
    ['--kind KIND', "admit: text, embedding and so on; default: what Bedrock's answer shows"],
    ['--format pretty|json', 'default: pretty'],
  ],
  notes: [
    'verify and admit call STS in one Region, and Bedrock in each Region that a profile or model is called in. They use your own ' +
      'credentials and change nothing in the account.',
    'facts update verifies the signature of a facts release, and copies it next to the configuration. It calls nothing.',
  ],
  examples: [
    'facts verify --write',
    'facts update residency-facts.release.json',
    'facts admit ID --reason TEXT --approved-by NAME --expires DATE',
  ],
  exitCodes: [
    [0, 'every profile stays inside the boundary; or the facts release is accepted; or the model is admitted'],
    [1, "a profile routes outside the boundary, or Bedrock doesn't know it; or the model isn't admitted"],
    [2, "an answer couldn't be read, the facts release is refused, or the command line is invalid"],
  ],
};

/** Runs `facts`; the exit code. Only what asks Bedrock loads the AWS SDK. */
export function facts(args: readonly string[]): number | Promise<number> {
  if (args[0] === 'update') {
    const { updateFacts } = require('../facts/update-facts') as typeof import('../facts/update-facts');
    return updateFacts(args.slice(1));
  }
  const { runAdmit, runFacts } = require('../run/run-aws') as typeof import('../run/run-aws');
  return args[0] === 'admit' ? runAdmit(args) : runFacts(args);
}
