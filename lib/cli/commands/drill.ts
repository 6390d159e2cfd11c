import { isProviderDrill } from '../drill/provider-drill-options';
import type { CommandHelp } from '../help/command-help';

export const DRILL_HELP: CommandHelp = {
  summary: 'Drill the recovery of copies, or the failure of a model provider',
  usage: [
    ['drill [WORKSPACE...] [OPTIONS]', 'check that copies in the recovery Region can be decrypted there'],
    [
      'drill --provider NAME --model MODEL --url URL [OPTIONS]',
      'take a provider out of use, measure until other destinations answer, and readmit it',
    ],
  ],
  options: [
    ['WORKSPACE...', 'ids of workspaces; default: all of --config'],
    ['--rows NUMBER', 'maximum number of rows to read per workspace, 1 to 500; default: 100'],
    ['--config FILE', 'configuration that names workspaces, stacks and Regions; default: residency.yaml'],
    ['--provider NAME', 'a provider of models, such as openai'],
    ['--model MODEL', 'with --provider: a model whose first destination it is, and which has another'],
    ['--url URL', "with --provider: base URL of the projects' API or of a workspace"],
    ['--out FILE', 'with --provider: file of the report, in JSON'],
    ['--data FOLDER', "with --provider: data folder of a running 'serve', in place of a deployment"],
    ['--stack, --table, --role, --region', 'with --provider: as in providers'],
    ['--format text|json', 'default: text'],
  ],
  notes: [
    "The command assumes a role of the recovery drill's stack and runs a function there for each workspace. The function " +
      'returns counts and times, and no content.',
    'With --provider, the command sends requests of fixed content for up to two minutes, which the provider bills. The provider is readmitted ' +
      "even if the drill fails or Ctrl-C stops it; if the command is killed, 'eu-residency providers readmit' does it.",
  ],
  environment: [
    ['EU_RESIDENCY_KEY', "with --provider: API key of a project, or a member's token. It is sent to --url only"],
  ],
  examples: ['drill sciences --rows 500', 'drill --provider openai --model chat --url https://ai.example.eu'],
  exitCodes: [
    [0, 'everything that was read was decrypted; no request failed, and others answered within 60 seconds'],
    [
      1,
      "something wasn't decrypted, or nothing was found; a request failed, others didn't answer in time, the drill was stopped, or its report isn't written",
    ],
    [2, 'the drill did not run'],
  ],
};

/** Runs `drill`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function drill(args: readonly string[]): Promise<number> {
  const { runDrill, runProviderDrill } = require('../run/run-aws') as typeof import('../run/run-aws');
  return isProviderDrill(args) ? runProviderDrill(args) : runDrill(args);
}
