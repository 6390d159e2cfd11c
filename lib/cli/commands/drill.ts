export const DRILL_USAGE = `eu-residency drill [WORKSPACE...]  reads copies of workspaces in the recovery Region back; all of --config without WORKSPACE
    --rows NUMBER                 how many rows of each to read at most, from 1 to 500; default: 100
    --config FILE                 whose workspaces, stacks and Regions; default: residency.yaml
    --format text|json            default: text
  runs a function of each workspace there, which answers with counts and times and no content, by a role of its stack
  exit code 0: all that was read was decrypted; 1: something wasn't, or there was nothing; 2: not done`;

/** Runs `drill`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function drill(args: readonly string[]): Promise<number> {
  const { runDrill } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runDrill(args);
}
