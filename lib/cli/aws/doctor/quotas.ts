import type { DoctorLine } from '../../../report/doctor/doctor-line';
import { linesOf } from '../../../report/doctor/doctor-line';
import { inTurns } from '../in-turns';
import { QUOTA_NEEDS, type QuotaNeed } from './quota-needs';
import { quotaValue, READS_QUOTA } from './quota-value';
import { type Check, deployRegions, type Subject } from './subject';
import { unseenOf } from './unseen';

/** Whether the account's quotas are enough for the configuration. */
export const quotas: Check = (subject) =>
  inTurns(
    deployRegions(subject).flatMap((region) =>
      QUOTA_NEEDS.filter(
        ({ primaryOnly, isNeeded }) =>
          (!primaryOnly || region === subject.deployment.primaryRegion) && isNeeded?.(subject) !== false,
      ).map((need) => ({ region, need })),
    ),
    4,
    ({ region, need }) => lineOf(subject, region, need),
  );

async function lineOf(subject: Subject, region: string, need: QuotaNeed): Promise<DoctorLine> {
  const lines = linesOf('quota')(region);
  const { name, service, code, why } = need;
  let action: string = READS_QUOTA;
  try {
    const value = await quotaValue(subject.caller, region, need);
    action = 'ec2:DescribeVpcs';
    const least = await need.least(subject, region);
    if (value >= least) return lines.ok(`${value} ${name}`);
    return lines.missing(
      `${value} ${name}, but ${least} are needed, ${why}`,
      `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${least} --region ${region}`,
    );
  } catch (error) {
    return unseenOf(name, lines, region, action, error);
  }
}
