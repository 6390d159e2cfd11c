import type { ResidencyBoundary } from '../../boundary/boundary';
import { REGIONS } from '../../facts/generated/regions';
import { canBegin, covers } from '../template/wildcard';

/** A service's name in messages. */
const nameOf = (service: string) => (service === 'sagemaker' ? 'SageMaker' : 'Bedrock');

/** Why an ARN pattern permits calls to one of the services outside the boundary; none if it doesn't. */
export function tooWide(pattern: string, services: readonly string[], boundary: ResidencyBoundary): string | undefined {
  const [first] = services;
  if (first === undefined) return undefined;
  if (/^\*+$/.test(pattern)) return `${nameOf(first)} is allowed in every Region`;
  const reached = services.find((service) => reachesOutside(pattern, service, boundary));
  if (reached !== undefined) return `the ARN matches ${nameOf(reached)} in Regions outside the boundary`;
  return services.includes('bedrock') && matchesProfilesOutside(pattern)
    ? 'the ARN matches every inference profile, including those that route outside the boundary'
    : undefined;
}

/**
 * Whether a wildcard before the account covers a Region outside the boundary; the value scan checks a literal Region.
 * In a pattern with fewer parts than an ARN, the last `*` stands for all the following parts.
 */
function reachesOutside(pattern: string, service: string, boundary: ResidencyBoundary): boolean {
  const parts = pattern.split(':');
  if (!/[*?]/.test(parts.slice(0, 4).join(':'))) return false;
  const outside = REGIONS.filter(({ code }) => !boundary.containsRegion(code));
  if (parts.length < 6 || parts[0] !== 'arn')
    return outside.some(({ partition, code }) => canBegin(pattern, `arn:${partition}:${service}:${code}:`));
  const [, ofPartition = '', ofService = '', ofRegion = ''] = parts;
  return (
    covers(ofService, service) &&
    outside.some(({ partition, code }) => covers(ofPartition, partition) && covers(ofRegion, code))
  );
}

function matchesProfilesOutside(pattern: string): boolean {
  const [arn, , service = '', , , ...rest] = pattern.split(':');
  const resource = rest.join(':');
  return (
    arn === 'arn' &&
    covers(service, 'bedrock') &&
    covers(resource, 'inference-profile/global.x') &&
    !/^inference-profile\/global/.test(resource)
  );
}
