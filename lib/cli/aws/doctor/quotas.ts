import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { DoctorLine } from '../../../report/doctor/doctor-line';
import { linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { QUOTA_NEEDS, type QuotaNeed } from './quota-needs';
import { type Check, deployRegions, type Subject } from './subject';
import { unseen } from './unseen';

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
  let action = 'servicequotas:GetServiceQuota';
  try {
    const client = new ServiceQuotasClient(clientSettings(subject.caller, 'servicequotas', region));
    const { Quota } = await client.send(new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code }));
    const value = Quota?.Value;
    if (value === undefined) throw new TypeError('no value');
    action = 'ec2:DescribeVpcs';
    const least = await need.least(subject, region);
    if (value >= least) return lines.ok(`${value} ${name}`);
    return lines.missing(
      `${value} ${name}, but ${least} are needed, ${why}`,
      `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${least} --region ${region}`,
    );
  } catch (error) {
    const { notVisible } = lines;
    return unseen(
      { ...lines, notVisible: (found, fix) => notVisible(`${name}: ${found}`, fix) },
      region,
      action,
      error,
    );
  }
}
