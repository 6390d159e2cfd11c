import type { PerimeterScope } from '../../perimeter/organization/scope';
import type { CommandHelp } from '../help/command-help';
import { readPoliciesCommand, scopeOf } from '../policies/policies-options';
import { print } from '../shared/print';
import { UsageError } from '../shared/usage-error';

export const POLICIES_HELP: CommandHelp = {
  summary: "Write, or compare, the policies of an organization's perimeter",
  usage: [['policies [OPTIONS]'], ['policies diff [--target ID] [OPTIONS]', 'what the organization lacks of them']],
  options: [
    ['--config FILE', 'residency.yaml, for its boundary, egress and `perimeter`; default: residency.yaml'],
    [
      '--target ID',
      'with diff: an organizational unit, root or account that the policies must reach; default: that they are attached anywhere',
    ],
    ['--format pretty|json', 'with diff; default: pretty'],
    ['--out DIR', 'folder for the files; default: residency-policies'],
    ['--partition aws|aws-eusc', "default: that of the deployment's primary Region, otherwise aws"],
    ['--ou NAME', 'organizational unit that the forms for landing zones name; default: PolicyStaging'],
  ],
  notes: [
    "`diff` reads, with your own credentials, the policies of the organization, where they are attached, and the permissions boundary of your account. It can't read that of another account: it says so, in JSON as `notCompared`. It changes nothing. Organizations and IAM are outside the EU in the `aws` partition.",
    'Without `diff`, the command calls nothing. It writes service and resource control policies, a permissions boundary and an AI services opt-out policy as ' +
      'JSON, the forms that Terraform, CloudFormation, Control Tower and the Landing Zone Accelerator accept, and a README.',
    'It replaces the files of an earlier run. A file of another origin, or one that was changed, is never overwritten.',
  ],
  examples: [
    'policies diff --target ou-ab12-11111111',
    'policies --out perimeter',
    'policies --config campus.yaml --partition aws-eusc',
  ],
  exitCodes: [
    [
      0,
      'the files are written, or with diff: nothing that was compared is missing; without --target, that means attached anywhere. A JSON report names in `notCompared` what it says nothing about',
    ],
    [1, 'with diff: something is missing, loosened or not attached'],
    [
      2,
      "the configuration declares no perimeter or is invalid, or a file can't be written; then nothing is written. With diff also: AWS refused, the credentials are of another organization, or the target is the management account",
    ],
  ],
};

/** Runs `policies`; `diff` brings the AWS SDK, and so is loaded only when it is asked for. The exit code. */
export function policies(args: readonly string[]): number | Promise<number> {
  if (args[0] === 'diff') {
    const { runPoliciesDiff } = require('../run/run-aws') as typeof import('../run/run-aws');
    return runPoliciesDiff(args.slice(1));
  }
  const command = readPoliciesCommand(args);
  const scope = scopeOf(command);
  const { policyFiles } = require('../policies/policy-files') as typeof import('../policies/policy-files');
  const { readmeOf, sizeLines } = require('../policies/readme') as typeof import('../policies/readme');
  const { writeOwnFiles } = require('../policies/own-files') as typeof import('../policies/own-files');
  const documents = documentsOf(command.config, scope);
  writeOwnFiles(command.out, readmeOf(documents, scope), policyFiles(documents, command.unit));
  for (const line of sizeLines(documents, scope)) print(line);
  return 0;
}

function documentsOf(file: string, scope: PerimeterScope) {
  const { perimeterDocuments } =
    require('../../perimeter/organization/documents') as typeof import('../../perimeter/organization/documents');
  try {
    return perimeterDocuments(scope);
  } catch (error) {
    throw (error as Error).name === 'PerimeterError' ? new UsageError(`${file}: ${(error as Error).message}`) : error;
  }
}
