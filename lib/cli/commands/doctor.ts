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
    ['--format pretty|json', 'default: pretty'],
  ],
  notes: [
    'The command reads settings with your own credentials. It reads no content and changes nothing. A line in the state soon asks ' +
      'for something before long, such as another model: nothing is missing today.',
  ],
  examples: ['doctor --config residency.yaml'],
  exitCodes: [
    [0, 'nothing is missing, as far as your permissions show'],
    [1, 'something is missing'],
    [2, 'no credentials, or an invalid configuration'],
  ],
};

/** Runs `doctor`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function doctor(args: readonly string[]): Promise<number> {
  const { runDoctor } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runDoctor(args);
}
