import type { CommandHelp } from '../help/command-help';

export const PROJECTS_HELP: CommandHelp = {
  summary: 'Create, list, cap and end the open projects of a deployment',
  usage: [
    ['projects create ID [--name TEXT] [--model MODEL] [LIMITS]', 'create a project; repeated, it changes nothing'],
    ['projects list [--all]', 'projects that have not ended, with --all also the others'],
    ['projects show ID', 'one project'],
    ['projects cap ID LIMITS', 'replace all limits of a project'],
    ['projects end ID', 'end a project for good; its id is never used again'],
  ],
  options: [
    ['--name TEXT', 'create: name of the project for people'],
    ['--model MODEL', "create: a model of 'projects.open.models'; repeat it for several; default: all of them"],
    ['--requests-per-minute N', 'LIMITS; default: that of residency.yaml, which is also the highest'],
    ['--tokens-per-day N', 'LIMITS; the same'],
    ['--concurrent-requests N', 'LIMITS; the same'],
    ['--tokens-per-month N', 'LIMITS; the same'],
    ['--usd-per-month AMOUNT', 'LIMITS; the same, only if residency.yaml declares one'],
    ['--url URL', "base URL of the API, such as the one that 'eu-residency serve' prints"],
    ['--stack NAME', 'stack of the projects; default: that of --config'],
    ['--role ARN', 'role to assume first; default: the one that the stack names'],
    ['--region REGION', 'default: that of --config, or of the URL'],
    ['--config FILE', 'configuration that names the stack and the Region; default: residency.yaml'],
    ['--format table|json', 'default: table'],
  ],
  notes: [
    'IAM authorises the requests, which are signed with the credentials that the AWS SDK finds. Gateways apply a change within 60 seconds.',
    "Make keys with 'eu-residency keys create --project ID'. 'serve' prints a development key at 'create' instead.",
  ],
  examples: ['projects create acme --tokens-per-day 1000000'],
  exitCodes: [
    [0, 'success'],
    [2, 'nothing has changed'],
  ],
};

/** Runs `projects`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function projects(args: readonly string[]): Promise<number> {
  const { runProjects } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runProjects(args);
}
