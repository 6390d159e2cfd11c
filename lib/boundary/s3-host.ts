import { findRegion } from '../facts/region';

/** Whether a host is an S3 endpoint in a Region, with or without a bucket before it; a host of `s3-website` isn't one. */
export function isS3Host(host: string, region: string): boolean {
  const fact = findRegion(region);
  if (fact === undefined) return false;
  const suffix = `${region}.${fact.dnsSuffix}`;
  return [`s3.${suffix}`, `s3-${suffix}`, `s3.dualstack.${suffix}`].some(
    (endpoint) => host === endpoint || host.endsWith(`.${endpoint}`),
  );
}
