import { paginateListServiceQuotas, type ServiceQuota, ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import type { Destination } from '../../../boundary/destination';
import type { DeploymentConfig } from '../../../config/model/config';
import type { DoctorLine } from '../../../report/doctor/doctor-line';
import { linesOf } from '../../../report/doctor/doctor-line';
import { clientSettings } from '../caller';
import { inTurns } from '../in-turns';
import { quotaOf } from './quota-of';
import { bedrockDestinations, type Check } from './subject';
import { unseen } from './unseen';

const of = linesOf('model quota');

/** The account's quotas per minute for each model: those of new accounts are often very low, or zero. */
export const modelQuotas: Check = async (subject) => {
  const destinations = bedrockDestinations(subject);
  const regions = [...new Set(destinations.map(({ sourceRegion }) => sourceRegion))];
  const lines = await inTurns(regions, 2, async (region) => {
    const called = destinations.filter(({ sourceRegion }) => sourceRegion === region);
    // Every API of Bedrock counts against the same quota.
    const here = [...new Map(called.map((one) => [one.id, one])).values()];
    try {
      const client = new ServiceQuotasClient(clientSettings(subject.caller, 'servicequotas', region));
      const quotas: ServiceQuota[] = [];
      for await (const { Quotas = [] } of paginateListServiceQuotas(
        { client, pageSize: 100 },
        { ServiceCode: 'bedrock' },
      )) {
        quotas.push(...Quotas);
      }
      return here.flatMap((one) => linesAbout(one, quotas, subject.deployment));
    } catch (error) {
      return [unseen(of(region), region, 'servicequotas:ListServiceQuotas', error)];
    }
  });
  return lines.flat();
};

function linesAbout(
  destination: Destination,
  quotas: readonly ServiceQuota[],
  deployment: DeploymentConfig,
): DoctorLine[] {
  const { id, sourceRegion: region } = destination;
  const tokens = quotaOf(quotas, destination, 'tokens per minute');
  const requests = quotaOf(quotas, destination, 'requests per minute');
  const allowed = requestsAllowed(deployment, destination);
  const lines = of(region);
  return [
    tokens === undefined
      ? lines.notVisible(`${id}: no quota for tokens per minute matches its name`, console(region))
      : lineOf(lines, `${id}: ${tokens.Value} tokens per minute`, tokens, 1, 'so no request is answered', region),
    ...(requests === undefined
      ? []
      : [
          lineOf(
            lines,
            `${id}: ${requests.Value} requests per minute`,
            requests,
            Math.max(1, allowed),
            `and the limits of the projects that call it first allow ${allowed}`,
            region,
          ),
        ]),
  ];
}

function lineOf(
  lines: ReturnType<typeof of>,
  found: string,
  { Value = 0, QuotaCode }: ServiceQuota,
  least: number,
  why: string,
  region: string,
): DoctorLine {
  if (Value >= least) return lines.ok(found);
  return lines.missing(
    `${found}, ${why}`,
    `request an increase, or set lower limits: aws service-quotas request-service-quota-increase --service-code bedrock ` +
      `--quota-code ${QuotaCode} --desired-value VALUE --region ${region}`,
  );
}

/** The requests per minute that the limits of projects allow to a destination that is tried first. */
function requestsAllowed(
  { models, projects, openProjects }: DeploymentConfig,
  { id, sourceRegion }: Destination,
): number {
  const names = models
    .filter(({ destinations: [first] }) => first?.id === id && first.sourceRegion === sourceRegion)
    .map((model) => model.id);
  return [...projects.map((one) => ({ ...one, maximum: 1 })), ...(openProjects ? [openProjects] : [])]
    .filter((project) => project.models.some((name) => names.includes(name)))
    .reduce((sum, { limits, maximum }) => sum + (limits.requestsPerMinute ?? 0) * maximum, 0);
}

const console = (region: string) =>
  `look for the model in https://${region}.console.aws.amazon.com/servicequotas/home/services/bedrock/quotas?region=${region}`;
