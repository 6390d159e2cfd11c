export const DOCTOR_USAGE = `eu-residency doctor             what a first deployment needs of the account and this machine, and what is missing
    --config FILE                 what is to be deployed; default: residency.yaml
    --qualifier NAME              of the CDK bootstrap; default: hnb659fds, which is CDK's own
    --ask-iam                     also ask IAM's simulator about service control policies; IAM is outside the EU
    --format pretty|json          default: pretty
  reads settings only, with your own credentials, and no content
  exit code 0: nothing is missing, as far as it can be seen; 1: something is; 2: no credentials, or a wrong configuration`;

/** Runs `doctor`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function doctor(args: readonly string[]): Promise<number> {
  const { runDoctor } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runDoctor(args);
}
