import { findRegion } from '../facts/region';

/** Whether a host is an endpoint of S3 in a Region. A bucket before it is optional; anything after `s3` is part of its name. */
export function isS3Host(host: string, region: string): boolean {
  const fact = findRegion(region);
  if (fact === undefined) return false;
  const suffix = `${region}.${fact.dnsSuffix}`;
  return [`s3.${suffix}`, `s3-${suffix}`, `s3.dualstack.${suffix}`].some(
    (endpoint) => host === endpoint || host.endsWith(`.${endpoint}`),
  );
}
