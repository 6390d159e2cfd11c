export const USAGE_USAGE = `eu-residency usage [TENANT...]  the tokens that projects, workspaces and members used; all of --config without TENANT
    --by tenant|member|day        a sum for each; members are told by their pseudonym in the user pool; default: tenant
    --since DAY, --until DAY      days in UTC, such as 2026-11-01; default: the last 30, up to today
    --config FILE                 whose tenants, stacks and Region; default: residency.yaml
    --region REGION               default: that of --config
    --format table|json           default: table
  reads counts only, no content, by a role of each stack
  exit code 0: done; 2: not done`;

/** Runs `usage`, which brings the AWS SDK, and so is loaded only when it is asked for; the exit code. */
export function usage(args: readonly string[]): Promise<number> {
  const { runUsage } = require('../run/run-aws') as typeof import('../run/run-aws');
  return runUsage(args);
}
