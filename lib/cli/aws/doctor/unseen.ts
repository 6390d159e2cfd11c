import type { DoctorLine, Lines } from '../../../report/doctor/doctor-line';
import { RegionError } from '../../../runtime/settings/control-plane';
import { failureOf } from '../../../runtime/settings/region-failure';
import { UsageError } from '../../shared/usage-error';

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
      `a service control policy denies ${action}, and may deny what the deployment calls there as well`,
      "ask who administers the organisation to let this account use the Region, or choose a destination that doesn't lead there",
    );
  }
  const [found, fix] = WHY[failureOf(cause, region)](action);
  return lines.notVisible(found, fix);
}

/** The message is only looked at, never repeated. */
const isDeniedByScp = (error: unknown) =>
  /explicit deny in a service control policy|no service control policy allows/i.test(
    (error as Partial<Error>)?.message ?? '',
  );

/** Without the Region, so that the same of several Regions is one row. */
const WHY: Readonly<Record<ReturnType<typeof failureOf>, (action: string) => readonly [string, string]>> = {
  denied: (action) => [`${action} is denied`, `let your user or role do it, for this look only: ${action}`],
  'not-enabled': () => [
    "can't be seen, as the Region isn't enabled in this account",
    "enable it first, as the line 'Region enabled' says, or choose a destination that doesn't lead there",
  ],
  throttled: (action) => [`${action} is throttled`, 'try again in a few minutes'],
  unreachable: (action) => [`${action} got no answer`, 'check the network, a proxy or a VPN, and try again'],
  missing: (action) => [`${action} knows no such thing`, 'try again with a newer version of this package'],
  failed: (action) => [
    `${action} failed`,
    'try again, and if it stays so look at the status of the service (https://health.aws.amazon.com)',
  ],
};
