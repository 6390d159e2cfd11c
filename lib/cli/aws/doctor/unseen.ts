import type { DoctorLine, Lines } from '../../../report/doctor/doctor-line';
import { RegionError } from '../../../runtime/settings/control-plane';
import { failureOf } from '../../../runtime/settings/region-failure';
import { UsageError } from '../../shared/usage-error';

/**
 * Why a check couldn't read something, and what would show it. Only a service control policy is known to block the
 * deployment too: AWS names it when it denies a call.
 *
 * @param action the call, as a policy names it
 */
export function unseen(lines: Lines, region: string, action: string, error: unknown): DoctorLine {
  if (error instanceof UsageError) throw error;
  const cause = error instanceof RegionError ? error.cause : error;
  if (isDeniedByScp(cause)) {
    return lines.missing(
      `a service control policy denies ${action}, and may deny calls of the deployment there too`,
      "ask the organisation's administrator to allow this account to use the Region, or choose a destination that doesn't route there",
    );
  }
  const [found, fix] = WHY[failureOf(cause, region)](action);
  return lines.notVisible(found, fix);
}

/** The same for one of several things, which the line names first. */
export const unseenOf = (name: string, lines: Lines, region: string, action: string, error: unknown): DoctorLine =>
  unseen({ ...lines, notVisible: (found, fix) => lines.notVisible(`${name}: ${found}`, fix) }, region, action, error);

/** The message is only matched, never repeated. */
const isDeniedByScp = (error: unknown) =>
  /explicit deny in a service control policy|no service control policy allows/i.test(
    (error as Partial<Error>)?.message ?? '',
  );

/** Without the Region, so that the same result in several Regions is one row. */
const WHY: Readonly<Record<ReturnType<typeof failureOf>, (action: string) => readonly [string, string]>> = {
  denied: (action) => [`${action} is denied`, `allow your user or role to call it, for this check only: ${action}`],
  'not-enabled': () => [
    "can't be read, because the Region isn't enabled in this account",
    "enable it first, as the line 'Region enabled' says, or choose a destination that doesn't route there",
  ],
  throttled: (action) => [`${action} is throttled`, 'try again in a few minutes'],
  unreachable: (action) => [`${action} got no answer`, 'check the network, a proxy or a VPN, and try again'],
  missing: (action) => [`${action} doesn't know it`, 'try again with a newer version of this package'],
  failed: (action) => [
    `${action} failed`,
    'try again; if it still fails, check the status of the service (https://health.aws.amazon.com)',
  ],
};
