import type { CommandHelp } from '../help/command-help';
export const DRILL_HELP: CommandHelp = {
  summary: 'Check that copies in the recovery Region can be decrypted there',
  usage: [['drill [WORKSPACE...] [OPTIONS]']],
  options: [
    ['WORKSPACE...', 'ids of workspaces; default: all of --config'],
    ['--rows NUMBER', 'maximum number of rows to read per workspace, 1 to 500; default: 100'],
    ['--config FILE', 'configuration that names workspaces, stacks and Regions; default: residency.yaml'],
    ['--format text|json', 'default: text'],
  ],
  notes: [
    "The command assumes a role of the recovery drill's stack and runs a function there for each workspace. The function " +
      'returns counts and times, and no content.',
  ],
  examples: ['drill sciences --rows 500'],
  exitCodes: [
    [0, 'everything that was read was decrypted'],
    [1, "something wasn't decrypted, or nothing was found"],
    [2, 'the drill did not run'],
  ],
};

/** Runs `drill`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function drill(args: readonly string[]): Promise<number> {
  const { runDrill } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runDrill(args);
}
