export const FACTS_USAGE = `eu-residency facts verify       where Bedrock itself says that inference profiles lead, beside what the facts of this version say
    --config FILE                 whose profiles, and what counts as inside; default: residency.yaml
    --all                         every profile of the facts that a Region inside may call, not only those of the file
    --write                       keep what was read in residency-facts.yaml, beside the file; synthesis heeds it
    --format pretty|json          default: pretty
  calls STS in one and Bedrock in every Region that a profile is called in, read-only, with your own credentials
  exit code 0: all of it inside; 1: a profile leads outside, or Bedrock doesn't know it; 2: something couldn't be read`;

/** Runs `facts`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function facts(args: readonly string[]): Promise<number> {
  const { runFacts } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runFacts(args);
}
