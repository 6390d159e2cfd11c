import type { CommandHelp } from '../help/command-help';
export const DOCTOR_HELP: CommandHelp = {
  summary: 'Check that the account and this machine are ready to deploy',
  usage: [['doctor [OPTIONS]']],
  options: [
    ['--config FILE', 'configuration to deploy; default: residency.yaml'],
    ['--qualifier NAME', "qualifier of the CDK bootstrap; default: hnb659fds, CDK's own"],
    [
      '--ask-iam',
      "also ask IAM's simulator whether service control policies deny a call, and IAM whether it has room for the roles; in the aws partition, IAM is outside the EU",
    ],
    [
      '--members N',
      'members of each workspace: compares their sign-ins within five minutes with the quotas of Cognito',
    ],
    [
      '--azure FILE',
      "only read what 'az cognitiveservices account deployment show -o json' printed of a declared deployment, and save it in residency-azure.yaml, as projects need it",
    ],
    ['--azure-account FILE', "with --azure: what 'az cognitiveservices account show -o json' printed of its resource"],
    ['--format pretty|json', 'default: pretty'],
  ],
  notes: [
    'The command reads settings with your own credentials. It reads no content and changes nothing. With `--azure`, it calls nothing and writes that one file. A line in the state soon asks ' +
      'for something before long, such as another model: nothing is missing today.',
  ],
  examples: ['doctor --config residency.yaml', 'doctor --azure deployment.json --azure-account account.json'],
  exitCodes: [
    [0, 'nothing is missing, as far as your permissions show'],
    [1, 'something is missing'],
    [2, 'no credentials, or an invalid configuration'],
  ],
};

/** Runs `doctor`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export async function doctor(args: readonly string[]): Promise<number> {
  if (args.some((arg) => arg.startsWith('--azure'))) {
    const { runAzureCheck } = require('../run/run-aws') as typeof import('../run/run-aws');
    return runAzureCheck(args);
  }
  const { runDoctor } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runDoctor(args);
}
