import type { DoctorLine, Lines } from '../../../../lib/report/doctor/doctor-line';
import { RegionError } from '../../../../lib/runtime/provider/control-plane';
import { failureOf } from '../../../../lib/runtime/provider/region-failure';
import { UsageError } from '../../usage-error';

/**
 * Why something couldn't be seen, and what would show it. Only a service control policy is known to be in the way of the
 * deployment as well: AWS names it when it denies.
 *
 * @param action what was called, as a policy names it
 */
export function unseen(lines: Lines, region: string, action: string, error: unknown): DoctorLine {
  if (error instanceof UsageError) throw error;
  const cause = error instanceof RegionError ? error.cause : error;
  if (isDeniedByScp(cause)) {
    return lines.missing(
      `a service control policy denies ${action} in ${region}, and so it may what the deployment calls there`,
      `ask who administers the organisation to let this account use ${region}, or choose a destination that doesn't reach it`,
    );
  }
  const [found, fix] = WHY[failureOf(cause, region)](action, region);
  return lines.notVisible(found, fix);
}

/** The message is only looked at, never repeated. */
const isDeniedByScp = (error: unknown) =>
  /explicit deny in a service control policy|no service control policy allows/i.test(
    (error as Partial<Error>)?.message ?? '',
  );

const WHY: Readonly<
  Record<ReturnType<typeof failureOf>, (action: string, region: string) => readonly [string, string]>
> = {
  denied: (action, region) => [
    `${action} is denied in ${region}`,
    `let your user or role do it, for this look only: ${action}`,
  ],
  'not-enabled': (_, region) => [
    `${region} is an opt-in Region that this account hasn't enabled`,
    `aws account enable-region --region-name ${region}`,
  ],
  throttled: (action, region) => [`${action} is throttled in ${region}`, 'try again in a few minutes'],
  unreachable: (action, region) => [
    `${action} got no answer in ${region}`,
    'check the network, a proxy or a VPN, and try again',
  ],
  missing: (action, region) => [`${action} knows no such thing in ${region}`, 'try again with a newer version'],
  failed: (action, region) => [
    `${action} failed in ${region}`,
    `try again, and if it stays so look at the status of the service in ${region} (https://health.aws.amazon.com)`,
  ],
};
