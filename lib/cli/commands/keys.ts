export const KEYS_USAGE = `eu-residency keys create|list|rotate|revoke [ID] --project PROJECT   the API keys of a deployed project
    --label TEXT                  create: what you call the key
    --expires PERIOD              create, rotate: when it ends, such as 90d; default: never, or the end that it has
    --overlap PERIOD              rotate: how long the old secret goes on working; default: 24h
    --stack NAME                  the stack of the projects; default: that of --config
    --table NAME                  the table itself, by your own credentials or with --role ARN
    --region REGION               default: that of --config, or the AWS SDK's
    --config FILE                 names stack and Region where neither --stack nor --table is given; default: residency.yaml
    --format pretty|json          default: pretty
  standard output: the key, which is shown once and stored nowhere; or the list
  exit code 0: done; 2: not done`;

/** Runs `keys`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function keys(args: readonly string[]): Promise<number> {
  const { runKeys } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runKeys(args);
}
