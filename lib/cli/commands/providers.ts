import type { CommandHelp } from '../help/command-help';

export const PROVIDERS_HELP: CommandHelp = {
  summary: 'Show the model providers that are out of use, and readmit them',
  usage: [
    ['providers list', 'show the providers and models that are out of use, and why'],
    ['providers readmit NAME [--reason TEXT]', 'put one into use again, after its cause is gone'],
  ],
  options: [
    ['NAME', 'a provider, or PROVIDER/MODEL, as the list shows it'],
    ['--reason TEXT', 'readmit: why, in one line; it is stored'],
    ['--data FOLDER', "data folder of a 'serve', in place of a deployment"],
    ['--stack NAME', 'stack of the foundation; default: that of --config'],
    ['--table NAME', 'the table itself, with your own credentials or with --role'],
    ['--role ARN', 'role to assume first'],
    ['--region REGION', "default: that of --config, or the AWS SDK's"],
    [
      '--config FILE',
      'configuration that names the stack and the Region if nothing else does; default: residency.yaml',
    ],
    ['--format pretty|json', 'default: pretty'],
  ],
  notes: [
    'Gateways take a provider out of use that refuses them, and can only do that. They read the decision of this command within 60 seconds.',
  ],
  examples: ["providers readmit azure-eu --reason 'paid again'"],
  exitCodes: [
    [0, 'success'],
    [2, 'nothing has changed'],
  ],
};

/** Runs `providers`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function providers(args: readonly string[]): Promise<number> {
  const { runProviders } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runProviders(args);
}
